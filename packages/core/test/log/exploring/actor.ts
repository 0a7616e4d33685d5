import type { Consolidator, LiveMemory, ObjectStore } from '@live-mem/core';
import type { Snapshot } from './snapshot.ts';

/** A process, and what it does: one call of the memory, several one after another, or bare requests. */
export interface Actor {
  /** Also signs its changes. */
  readonly name: string;
  readonly does: (hands: Hands) => Promise<unknown>;
  readonly consolidator?: Consolidator;
  /** It has not looked at the space before. */
  readonly cold?: boolean;
  /** What it answers is compared with what was there while it worked. */
  readonly watched?: boolean;
  /** Breaks the store on its way to this process, to show that the tests notice. */
  readonly through?: (store: ObjectStore) => ObjectStore;
}

export interface Hands {
  readonly memory: LiveMemory;
  /** For what people and other programs do, past the memory. */
  readonly store: ObjectStore;
}

/** How an actor's work ended. */
export type Outcome = { readonly value: unknown } | { readonly error: Error };

/** Several processes over one store. */
export interface Cast {
  readonly base: Snapshot;
  readonly actors: readonly Actor[];
}
