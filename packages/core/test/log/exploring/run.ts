import { setImmediate as everybodyWaits } from 'node:timers/promises';
import { type Consolidator, createLiveMemory, type LiveMemory, type ObjectStore } from '@live-mem/core';
import { createCountingIds, createManualClock } from '@live-mem/core/testing';
import type { Actor, Outcome } from './actor.ts';
import { createAskingStore } from './asking-store.ts';
import { type Answer, nameOfRequest, type Request, takeEffect } from './requests.ts';
import type { Snapshot } from './snapshot.ts';

/** One life of an actor: the real code, its requests held until somebody answers them. */
export interface Run {
  /** By their names: what is asked, and for the how many-th time. */
  readonly pending: ReadonlyMap<string, Request>;
  readonly outcome: () => Outcome | undefined;
  /** Answers a request, and waits until the actor waits. */
  readonly answer: (name: string, answer: Answer) => Promise<void>;
}

interface Held {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** Starts an actor up to its first requests; `prefix` keeps its ids apart from those of the others. */
export async function startRun(actor: Actor, base: Snapshot, prefix: string): Promise<Run> {
  const pending = new Map<string, Request>();
  const held = new Map<string, Held>();
  const made = new Map<string, number>();
  let warm = false;
  const bare = createAskingStore(async (request) => {
    if (!warm) return takeEffect(base, request).answer.value;
    const what = nameOfRequest(request);
    const time = (made.get(what) ?? 0) + 1;
    made.set(what, time);
    pending.set(`${what} ${time}`, request);
    return new Promise((resolve, reject) => held.set(`${what} ${time}`, { resolve, reject }));
  });
  const store = actor.through ? actor.through(bare) : bare;
  const memory = memoryOver(store, prefix, actor.consolidator);
  if (!actor.cold) await warmUp(memory);
  warm = true;
  let outcome: Outcome | undefined;
  actor.does({ memory, store }).then(
    (value: unknown) => (outcome = { value }),
    (error: unknown) => (outcome = { error: error as Error }),
  );
  await everybodyWaits();
  return {
    pending,
    outcome: () => outcome,
    async answer(name, { value, error }) {
      const waiting = held.get(name);
      if (!waiting) throw new Error(`nobody waits for ${name}: the actor does not do the same every time`);
      pending.delete(name);
      held.delete(name);
      if (error) waiting.reject(error);
      else waiting.resolve(value);
      await everybodyWaits();
    },
  };
}

/** A process of its own over a store: its own caches and ids, a clock that stands still. */
export function memoryOver(
  store: ObjectStore,
  prefix: string,
  consolidator: Consolidator = noConsolidator,
): LiveMemory {
  return createLiveMemory({ store, consolidator, clock: createManualClock(), newId: createCountingIds(prefix) });
}

const noConsolidator: Consolidator = {
  name: 'none',
  limits: { countTokens: (text) => text.length },
  propose: () => Promise.reject(new Error('this process does not consolidate')),
};

/** The process has read everything there is. */
async function warmUp(memory: LiveMemory): Promise<void> {
  await memory.spaces.summary({ space: 'alpha' });
  await memory.notes.read({ space: 'alpha' });
}
