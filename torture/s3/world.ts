import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { createLiveMemory, type LiveMemory, LiveMemoryError, type ObjectStore } from '@live-mem/core';
import type { Seeded } from './seeded.ts';

/** What was acknowledged so far, and the memories that are asked. */
export interface World {
  readonly random: Seeded;
  /** One of several servers. */
  readonly memory: () => LiveMemory;
  /** Texts of notes; `unclear`: nobody was told whether it is there; `gone`: it was thrown away. */
  readonly facts: Map<string, 'there' | 'unclear' | 'gone'>;
  /** Documents written by hand, and what they hold; null: deleted. */
  readonly documents: Map<string, string | null>;
  readonly tokens: Map<string, 'active' | 'revoked'>;
  /** Backups, with the facts that were there when they were begun. */
  readonly backups: Map<string, readonly string[]>;
  /** Spaces that were deleted. */
  readonly ended: Set<string>;
  /** Secrets that were taken out. */
  readonly secrets: Set<string>;
  /** Secrets that are not taken out yet. */
  readonly unfinished: Set<string>;
  readonly violations: string[];
  /** A number that no other text has. */
  readonly number: () => number;
}

/** What may happen to any call while the store fails. No conflict: nobody else works meanwhile. */
const passing = new Set(['STORE_UNAVAILABLE'] as const) as ReadonlySet<string>;
// A redaction makes hundreds of requests, and is begun anew where one of them fails.
const TIMES = 300;

/** A world in which nothing was done yet. */
export function createWorld(random: Seeded, servers: readonly [ObjectStore, ...ObjectStore[]]): World {
  const [first, ...others] = servers;
  const memories: readonly [LiveMemory, ...LiveMemory[]] = [open(first), ...others.map(open)];
  let numbers = 0;
  return {
    random,
    memory: () => random.pick(memories),
    facts: new Map(),
    documents: new Map(),
    tokens: new Map(),
    backups: new Map(),
    ended: new Set(),
    secrets: new Set(),
    unfinished: new Set(),
    violations: [],
    number: () => ++numbers,
  };
}

function open(store: ObjectStore): LiveMemory {
  return createLiveMemory({ store, consolidator: createOutlineConsolidator(), retention: { count: 0, days: 0 } });
}

/** Calls once. @returns undefined where the answer was an error that may pass, or one of `also` */
export async function once<Answer>(
  { violations }: World,
  name: string,
  work: () => Promise<Answer>,
  also: readonly string[] = [],
): Promise<{ readonly answer: Answer } | undefined> {
  try {
    return { answer: await work() };
  } catch (error) {
    const code = error instanceof LiveMemoryError ? error.code : 'unknown';
    if (!passing.has(code) && !also.includes(code)) violations.push(`${name}: ${code}: ${String(error)}`);
    return undefined;
  }
}

/** Calls until it is done, or is told one of `also`, which an earlier try may have brought about. */
export async function untilDone<Answer>(
  world: World,
  name: string,
  work: () => Promise<Answer>,
  also: readonly string[] = [],
): Promise<Answer | undefined> {
  let ended = false;
  const told = async (): Promise<Answer> => {
    try {
      return await work();
    } catch (error) {
      ended = error instanceof LiveMemoryError && also.includes(error.code);
      throw error;
    }
  };
  for (let left = TIMES; left > 0; left--) {
    const done = await once(world, name, told, also);
    if (done !== undefined) return done.answer;
    if (ended) return undefined;
  }
  world.violations.push(`${name}: did not pass in ${TIMES} calls`);
  return undefined;
}
