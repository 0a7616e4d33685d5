import { request } from 'node:http';
import { Agent, type AgentOptions, type RequestOptions, request as requestOverTls } from 'node:https';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';

/** The proxy did not open a way to the endpoint. `code`: whether it wants to know who asks. */
class TunnelError extends Error {
  override readonly name = 'TunnelError';
  readonly code: 'ERR_PROXY_AUTHENTICATION' | 'ERR_PROXY_NO_WAY';
  constructor(status: number | undefined) {
    super(`the proxy answered ${status}`);
    this.code = status === 407 ? 'ERR_PROXY_AUTHENTICATION' : 'ERR_PROXY_NO_WAY';
  }
}

/**
 * Connections with TLS through an HTTP proxy, kept and used again as others are.
 * @see https://www.rfc-editor.org/rfc/rfc9110#name-connect
 */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;
  readonly #timeout: number;

  /** @param timeout milliseconds that the proxy may take to open the way */
  constructor(proxy: string, timeout: number, options: AgentOptions) {
    super(options);
    this.#proxy = new URL(proxy);
    this.#timeout = timeout;
  }

  override createConnection(
    options: RequestOptions,
    callback?: (error: Error | null, stream: Duplex) => void,
  ): undefined {
    const ended = (error: Error): void => (callback as ((error: Error) => void) | undefined)?.(error);
    const asking = this.#ask(`${options.host}:${options.port}`);
    asking.once('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return callback?.(null, connect({ ...(options as object), socket }));
      socket.destroy();
      return ended(new TunnelError(statusCode));
    });
    asking.once('error', ended);
    asking.once('timeout', () =>
      asking.destroy(Object.assign(new Error('no answer of the proxy'), { code: 'ETIMEDOUT' })),
    );
    asking.end();
    return undefined;
  }

  #ask(path: string): ReturnType<typeof request> {
    const { protocol, hostname, port, username, password } = this.#proxy;
    const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
    const headers = {
      host: path,
      ...(login === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` }),
    };
    const asked = { method: 'CONNECT', path, hostname, port, headers, agent: false, timeout: this.#timeout } as const;
    return protocol === 'https:' ? requestOverTls(asked) : request(asked);
  }
}
