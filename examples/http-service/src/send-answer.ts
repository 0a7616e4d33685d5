import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Answer } from './route.ts';

/**
 * Sends an answer, and waits until it is gone. A stream that fails at once throws before anything is sent; one that fails midway ends the
 * connection, so that nobody takes it for whole.
 */
export async function sendAnswer(response: ServerResponse, answer: Answer): Promise<void> {
  response.setHeader('cache-control', 'no-store');
  if ('lines' in answer) {
    const lines = answer.lines[Symbol.asyncIterator]();
    const first = await lines.next();
    response.setHeader('content-type', 'application/x-ndjson; charset=utf-8');
    await pipeline(Readable.from(textOf(first, lines)), response);
  } else if ('markdown' in answer) {
    response.setHeader('content-type', 'text/markdown; charset=utf-8');
    response.end(answer.markdown);
  } else {
    response.statusCode = answer.status ?? 200;
    response.setHeader('content-type', 'application/json; charset=utf-8');
    response.end(`${JSON.stringify(answer.json)}\n`);
  }
}

async function* textOf(first: IteratorResult<unknown>, rest: AsyncIterator<unknown>): AsyncGenerator<string> {
  for (let line = first; line.done !== true; line = await rest.next()) yield `${JSON.stringify(line.value)}\n`;
}
