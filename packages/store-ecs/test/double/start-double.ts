import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Double, DoubleOptions, StoredBytes } from './double.ts';
import type { Fault } from './faults.ts';
import { type SeenRequest, seenRequests } from './seen.ts';
import { serve } from './serve.ts';
import { settingsOf } from './settings.ts';

export type { Double, DoubleOptions } from './double.ts';
export type { Fault } from './faults.ts';

/** Starts a strict double of an object store with two signatures, on a free port of 127.0.0.1. */
export async function startDouble(options: DoubleOptions = {}): Promise<Double> {
  const settings = settingsOf(options);
  const [objects, seen, closing] = [new Map<string, StoredBytes>(), seenRequests(), new AbortController()];
  const failures: unknown[] = [];
  let faultOf: ((request: SeenRequest) => Fault | undefined) | undefined;
  const parts = { settings, objects, seen, closing: closing.signal, faultOf: (one: SeenRequest) => faultOf?.(one) };
  const server = serverOf(options, (incoming, outgoing) => {
    serve(parts, incoming, outgoing).catch((error: unknown) => {
      failures.push(error);
      outgoing.destroy();
    });
  });
  const port = await listening(server);
  const { accessKeyId, secretAccessKey, bucket, region } = settings;
  return {
    accessKeyId,
    secretAccessKey,
    bucket,
    region,
    objects,
    seen: seen.entries,
    forget: () => seen.forget(),
    endpoint: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    get mostAtOnce() {
      return seen.mostAtOnce;
    },
    inject(next) {
      faultOf = next;
    },
    async close() {
      closing.abort();
      await closed(server);
      if (failures.length > 0) throw new Error('the double failed', { cause: failures[0] });
    },
  };
}

/** For suites: starts doubles, and closes them when the tests of the file are done. */
export function doubles(): (options?: DoubleOptions) => Promise<Double> {
  const started: Double[] = [];
  // Not imported from Jest: doubles are started in processes of their own too, where it cannot be imported.
  const jest = globalThis as unknown as { afterAll(run: () => Promise<unknown>): void };
  jest.afterAll(() => Promise.all(started.map((double) => double.close())));
  return async (options) => {
    const double = await startDouble(options);
    started.push(double);
    return double;
  };
}

function serverOf({ tls }: DoubleOptions, listener: RequestListener): Server {
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  // A connection stays as long as its client keeps it: no race between the next request and an idle end.
  return Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 });
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function closed(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
