import type { ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { type Answer, headersToSend } from './answer.ts';
import type { WayBack } from './faults.ts';
import type { Visit } from './seen.ts';

/** The way back over one response of Node's server; a status counts as answered before the client can know it. */
export function wayBack(outgoing: ServerResponse, visit: Visit, now: () => number, closing: AbortSignal): WayBack {
  const begin = (answer: Answer) => {
    visit.answered(answer.status);
    outgoing.writeHead(answer.status, headersToSend(answer, now()));
  };
  return {
    closing,
    send(answer) {
      begin(answer);
      outgoing.end(answer.body);
    },
    cut(answer) {
      begin(answer);
      outgoing.flushHeaders();
      const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
      outgoing.write(half);
      // Called when everything before it is on its way.
      outgoing.socket?.write('', () => reset(outgoing));
    },
    reset: () => reset(outgoing),
  };
}

function reset({ socket }: ServerResponse): void {
  // Node resets plain connections only; a TLS one ends without its closing alert.
  if (socket instanceof TLSSocket) socket.destroy();
  else socket?.resetAndDestroy();
}
