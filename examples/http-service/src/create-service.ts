import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type Caller, CancelledError, InvalidInputError, type LiveMemory } from '@live-mem/core';
import { backupRoutes } from './backup-routes.ts';
import { problemOf } from './problem.ts';
import { readBody } from './read-body.ts';
import type { Answer, Route } from './route.ts';
import { sendAnswer } from './send-answer.ts';
import { spaceRoutes } from './space-routes.ts';
import { tokenRoutes } from './token-routes.ts';

const routes: readonly Route[] = [...spaceRoutes, ...backupRoutes, ...tokenRoutes];

/**
 * The memory over HTTP. Every request goes through the one gate of the core; any number of these may serve one store.
 * @param report what a person should see: errors that are not the caller's
 */
export function createService(memory: LiveMemory, report: (error: unknown) => void): Server {
  return createServer((request, response) => {
    void serve(memory, request, response).catch((error: unknown) => {
      const { status, headers, body } = problemOf(error);
      if (status >= 500 && !isHangUp(error)) report(error);
      if (response.headersSent) return void response.destroy();
      for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
      return sendAnswer(response, { status, json: body });
    });
  });
}

/** The caller went away: nobody's fault. */
function isHangUp(error: unknown): boolean {
  return (
    error instanceof CancelledError ||
    (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')
  );
}

async function serve(memory: LiveMemory, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://service');
  const route = routes.find(({ method, path }) => method === request.method && path.test(pathname));
  if (!route) return sendAnswer(response, noSuchRoute);
  const { space = '', name = '' } = namesIn(pathname, route);
  const caller = await admit(memory, request, route, space);
  const answer = await route.answer({
    memory,
    caller,
    space,
    name,
    body: await readBody(request),
    query: searchParams,
    requestId: headerOf(request, 'idempotency-key'),
    signal: hangUp(response),
  });
  return sendAnswer(response, answer);
}

const noSuchRoute: Answer = {
  status: 404,
  json: { code: 'NO_SUCH_ROUTE', remedy: 'fix-input', message: 'see the README' },
};

/** Before anything else is read: who may not enter learns nothing, and costs nothing. */
async function admit(memory: LiveMemory, request: IncomingMessage, route: Route, space: string): Promise<Caller> {
  const [, secret = ''] = /^Bearer +(\S+)$/i.exec(headerOf(request, 'authorization') ?? '') ?? [];
  if (route.permission === 'bootstrap') return memory.tokens.authenticate(secret);
  return space === ''
    ? memory.tokens.authorize(secret, route.permission)
    : memory.tokens.authorize(secret, route.permission, space);
}

function namesIn(pathname: string, { path }: Route): Record<string, string> {
  const groups = Object.entries(path.exec(pathname)?.groups ?? {});
  try {
    return Object.fromEntries(groups.map(([group, text]) => [group, decodeURIComponent(text)]));
  } catch (cause) {
    throw new InvalidInputError([{ at: 'path', message: 'is not encoded as UTF-8' }], { cause });
  }
}

function headerOf({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function hangUp(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once('close', () => controller.abort());
  return controller.signal;
}
