import { type ListedObject, type StoredObject, type WriteCondition, WriteConflictError } from '@live-mem/core';
import { versionOf } from '../log/exploring/snapshot.ts';

/** One request over the network: one step, whole. A listing is one request for each page. */
export type Request =
  | { readonly op: 'get'; readonly key: string }
  | { readonly op: 'list'; readonly prefix: string; readonly after: string; readonly limit: number }
  | { readonly op: 'put'; readonly key: string; readonly body: string; readonly only: WriteCondition | undefined }
  | { readonly op: 'copy'; readonly from: string; readonly to: string }
  | { readonly op: 'delete'; readonly key: string }
  /** To the model, which changes nothing. */
  | { readonly op: 'propose'; readonly notes: number };

/** What a request is answered. */
export type Answer = { readonly value: unknown } | { readonly error: Error };

/** The store, and the time there is. */
export interface World {
  readonly objects: Map<string, { readonly body: string; readonly modifiedAt: number }>;
  /** Milliseconds since the Unix epoch. */
  time: number;
  /** How often something was written. */
  writes: number;
  /** What was there when it was deleted, by key: the latest. */
  readonly deleted: Map<string, string>;
}

/** An empty store. */
export function createWorld(): World {
  return { objects: new Map(), time: Date.UTC(2026, 0, 2, 3, 4, 5), writes: 0, deleted: new Map() };
}

/** Whether a request changes the store. */
export function isWrite({ op }: Request): boolean {
  return op === 'put' || op === 'delete' || op === 'copy';
}

/** Lets a request take effect, as S3 promises it: whole, and seen by the next one. */
export function takeEffect(world: World, request: Request): Answer {
  switch (request.op) {
    case 'get':
      return { value: stored(world, request.key) };
    case 'list':
      return { value: page(world, request) };
    case 'put':
      return put(world, request.key, request.body, request.only);
    case 'copy': {
      const from = world.objects.get(request.from);
      return from === undefined ? { value: undefined } : put(world, request.to, from.body, undefined);
    }
    case 'delete':
      return remove(world, request.key);
    case 'propose':
      return { value: undefined };
  }
}

function remove(world: World, key: string): Answer {
  const there = world.objects.get(key);
  if (there !== undefined) {
    world.deleted.set(key, there.body);
    world.objects.delete(key);
    world.writes += 1;
  }
  return { value: undefined };
}

function stored({ objects }: World, key: string): StoredObject | undefined {
  const object = objects.get(key);
  return object && { ...object, version: versionOf(object.body) };
}

function put(world: World, key: string, body: string, only: WriteCondition | undefined): Answer {
  const there = world.objects.get(key);
  const holds =
    only === undefined ||
    ('absent' in only ? there === undefined : there !== undefined && versionOf(there.body) === only.version);
  if (!holds) return { error: new WriteConflictError(key) };
  world.objects.set(key, { body, modifiedAt: world.time });
  world.writes += 1;
  return { value: versionOf(body) };
}

function page({ objects }: World, { prefix, after, limit }: Request & { op: 'list' }): ListedObject[] {
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).toSorted();
  return keys.slice(0, limit).flatMap((key) => {
    const object = objects.get(key);
    return object
      ? [{ key, size: object.body.length, version: versionOf(object.body), modifiedAt: object.modifiedAt }]
      : [];
  });
}

/** For traces. */
export function describe(request: Request): string {
  switch (request.op) {
    case 'list':
      return `list ${request.prefix}${request.after === '' ? '' : ` after ${request.after}`}`;
    case 'put':
      return `put ${request.key}${conditionText(request.only)}`;
    case 'copy':
      return `copy ${request.from} to ${request.to}`;
    case 'propose':
      return `propose for ${request.notes} notes`;
    case 'get':
    case 'delete':
      return `${request.op} ${request.key}`;
  }
}

function conditionText(only: WriteCondition | undefined): string {
  if (only === undefined) return '';
  return 'absent' in only ? ' if absent' : ` if ${only.version}`;
}
