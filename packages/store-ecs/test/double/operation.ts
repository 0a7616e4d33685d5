import type { HeaderValues } from './message.ts';
import { parameter, type Target } from './target.ts';

/** What a request asks for. */
export type Operation =
  | 'PUT object'
  | 'GET object'
  | 'DELETE object'
  | 'COPY object'
  | 'HEAD object'
  | 'HEAD bucket'
  | 'LIST objects'
  | 'other';

const listParameters = new Set([
  'continuation-token',
  'delimiter',
  'encoding-type',
  'fetch-owner',
  'list-type',
  'marker',
  'max-keys',
  'prefix',
  'start-after',
]);

/** The operation of a request; one with a parameter that its operation does not have is another. */
export function operationOf(method: string, target: Target | undefined, headers: HeaderValues): Operation {
  if (!target || target.bucket === '') return 'other';
  // The SDK's name for the operation, for logs: it asks for nothing.
  const parameters = target.query.map(([name]) => name).filter((name) => name !== 'x-id');
  if (target.key === undefined) {
    if (method === 'GET' && parameters.every((name) => listParameters.has(name))) return 'LIST objects';
    return method === 'HEAD' && parameters.length === 0 ? 'HEAD bucket' : 'other';
  }
  if (parameters.length > 0) return 'other';
  if (method === 'PUT') return headers['x-amz-copy-source'] ? 'COPY object' : 'PUT object';
  return method === 'GET' || method === 'DELETE' || method === 'HEAD' ? `${method} object` : 'other';
}

/** Whether a request asks for a listing of the first version of the protocol. */
export function isFirstListing(target: Target): boolean {
  return parameter(target, 'list-type') !== '2';
}
