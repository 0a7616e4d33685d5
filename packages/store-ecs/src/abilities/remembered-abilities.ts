import { createHash } from 'node:crypto';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { UnreadableObjectError } from '@live-mem/core/store';
import { says, statusOf } from '../failures.ts';
import { type Encryption, putObject } from '../put-object.ts';
import { readObject } from '../read-object.ts';
import type { Requests } from '../requests.ts';
import type { Abilities } from './abilities.ts';
import { OWN_PREFIX, tryAbilities } from './try-abilities.ts';

/** Milliseconds after which abilities are tried again: servers are replaced. */
const GOOD_FOR = 7 * 24 * 3_600_000;

/** Milliseconds after which a process tries again what the store, or the key, could not do. */
const UNABLE_FOR = 60_000;

/** What abilities are tried and remembered with. */
export interface AbilityParts {
  readonly requests: Requests;
  readonly encryption: Encryption;
  /** Names the service, so that a bucket that was copied elsewhere is tried anew. */
  readonly endpoint: string;
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number;
}

/**
 * What the store can do: as another process found it lately, which is kept in the bucket (1 GET), else tried. Remembered in
 * this process, what is not there for a minute; a failure is not.
 */
export function createRememberedAbilities(parts: AbilityParts): () => Promise<Abilities> {
  let found: { readonly abilities: Promise<Abilities>; readonly since: number } | undefined;
  return async function abilities() {
    if (found && !isAble(await found.abilities) && parts.now() - found.since > UNABLE_FOR) found = undefined;
    found ??= { abilities: readOrTry(parts), since: parts.now() };
    try {
      return await found.abilities;
    } catch (error) {
      found = undefined;
      throw error;
    }
  };
}

async function readOrTry(parts: AbilityParts): Promise<Abilities> {
  const { requests, encryption, endpoint } = parts;
  const key = `${OWN_PREFIX}${createHash('sha256').update(`${endpoint} ${requests.bucket}`).digest('hex').slice(0, 16)}.json`;
  const known = await readRecord(parts, key);
  if (known !== undefined) return known;
  const abilities = await tryAbilities(requests, encryption);
  if (isAble(abilities)) await putObject(requests, key, `${JSON.stringify(abilities, null, 2)}\n`, encryption);
  return abilities;
}

/** What a store, or a key, cannot do it may learn: only who can is remembered. */
function isAble({ createIfAbsent, compareAndSwap }: Abilities): boolean {
  return createIfAbsent && compareAndSwap !== undefined;
}

async function readRecord({ requests, now }: AbilityParts, key: string): Promise<Abilities | undefined> {
  try {
    const { send, bucket } = requests;
    const answer = await send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const { body, modifiedAt } = await readObject(key, answer);
    return Math.abs(now() - modifiedAt) < GOOD_FOR ? decode(body) : undefined;
  } catch (error) {
    const isNone = statusOf(error) === 404 && !says(error, 'NoSuchBucket');
    if (isNone || error instanceof UnreadableObjectError) return undefined;
    throw error;
  }
}

/** @returns undefined where it is not what this version writes */
function decode(text: string): Abilities | undefined {
  try {
    const { createIfAbsent, compareAndSwap, serverSideCopy } = JSON.parse(text) as Partial<
      Record<keyof Abilities, unknown>
    >;
    if (typeof createIfAbsent !== 'boolean' || typeof serverSideCopy !== 'boolean') return undefined;
    if (compareAndSwap !== undefined && compareAndSwap !== 'quoted' && compareAndSwap !== 'unquoted') return undefined;
    return { createIfAbsent, compareAndSwap, serverSideCopy };
  } catch {
    return undefined;
  }
}
