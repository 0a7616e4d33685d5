import { type ListOptions, StoreUnavailableError, type WriteCondition, WriteConflictError } from '@live-mem/core';
import { type Snapshot, snapshotOf, versionOf } from './snapshot.ts';

/** One request to a store: one step, whole. */
export type Request =
  | { readonly op: 'get'; readonly key: string }
  | { readonly op: 'list'; readonly prefix: string; readonly options: ListOptions }
  | { readonly op: 'put'; readonly key: string; readonly body: string; readonly only: WriteCondition | undefined }
  | { readonly op: 'delete'; readonly key: string };

/** What the caller is told. `label` is the same for the same answer. */
export interface Answer {
  readonly label: string;
  readonly value?: unknown;
  readonly error?: Error;
}

export interface Effect {
  readonly after: Snapshot;
  readonly answer: Answer;
}

/** Every object was written at this moment, and it never passes. */
export const STORE_TIME: number = Date.UTC(2026, 0, 2, 3, 4, 5);

/** What one request makes of a store, and what it is answered. */
export function takeEffect(at: Snapshot, request: Request): Effect {
  switch (request.op) {
    case 'get': {
      const body = at.objects.get(request.key);
      const value = body === undefined ? undefined : { body, version: versionOf(body), modifiedAt: STORE_TIME };
      return { after: at, answer: { label: value ? value.version : 'nothing', value } };
    }
    case 'list': {
      const value = listed(at, request.prefix, request.options);
      return { after: at, answer: { label: labelOfListing(value), value } };
    }
    case 'put':
      return put(at, request);
    case 'delete': {
      const objects = new Map(at.objects);
      objects.delete(request.key);
      return { after: snapshotOf(objects), answer: { label: 'deleted' } };
    }
  }
}

/** The answer never came: the caller cannot know whether the request took effect. */
export const noAnswer: Answer = { label: 'no answer', error: new StoreUnavailableError('no answer') };

/** What an adapter tells that lost the answer to a conditional write and asked again: its own write stands in its way. */
export function conflict(key: string): Answer {
  return { label: 'conflict', error: new WriteConflictError(key) };
}

/** Whether the order of the two could matter. */
export function touches(written: string, request: Request): boolean {
  return request.op === 'list' ? written.startsWith(request.prefix) : written === request.key;
}

/** The same for the same request. */
export function nameOfRequest(request: Request): string {
  return request.op === 'put'
    ? `put ${request.key}${conditionText(request.only)} ${versionOf(request.body)}`
    : describeRequest(request);
}

/** For traces. */
export function describeRequest(request: Request): string {
  switch (request.op) {
    case 'get':
    case 'delete':
      return `${request.op} ${request.key}`;
    case 'list':
      return `list ${request.prefix}${request.options.startAfter === undefined ? '' : ` after ${request.options.startAfter}`}`;
    case 'put':
      return `put ${request.key}${conditionText(request.only)} ${excerpt(request.body)}`;
  }
}

function put(at: Snapshot, { key, body, only }: Request & { op: 'put' }): Effect {
  const there = at.objects.get(key);
  const holds =
    only === undefined ||
    ('absent' in only ? there === undefined : there !== undefined && versionOf(there) === only.version);
  if (!holds) return { after: at, answer: conflict(key) };
  const after = snapshotOf(new Map(at.objects).set(key, body));
  return { after, answer: { label: 'written', value: versionOf(body) } };
}

const listings = new Map<string, string>();

function labelOfListing(entries: readonly { readonly key: string; readonly version: string }[]): string {
  const text = entries.map(({ key, version }) => `${key}=${version}`).join(' ');
  const known = listings.get(text) ?? `listing ${listings.size}`;
  listings.set(text, known);
  return known;
}

function listed(at: Snapshot, prefix: string, { startAfter = '', delimiter, limit }: ListOptions) {
  if (delimiter !== undefined) throw new Error('groups are not listed here');
  return [...at.objects]
    .filter(([key]) => key.startsWith(prefix) && key > startAfter)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([key, body]) => ({
      key,
      size: new TextEncoder().encode(body).length,
      version: versionOf(body),
      modifiedAt: STORE_TIME,
    }));
}

function conditionText(only: WriteCondition | undefined): string {
  if (only === undefined) return '';
  return 'absent' in only ? ' if absent' : ` if ${only.version}`;
}

function excerpt(body: string): string {
  const [, kind, actor] = /"kind": "(\w+)",\s*"actor": "([^"]*)"/.exec(body) ?? [];
  return kind === undefined ? JSON.stringify(body.slice(-60)) : `(${kind} by ${actor})`;
}
