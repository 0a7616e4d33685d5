import { CancelledError } from '../errors.ts';
import type { ObjectKey, ObjectStore, StoreProbe, Version } from '../ports/object-store.ts';
import type { ListedFacts } from './listed-objects.ts';

/** One copy under way: what is known of both stores. Bodies are never kept. */
export interface Copying {
  readonly from: ObjectStore;
  readonly to: ObjectStore;
  /** What the target can do. */
  readonly able: Pick<StoreProbe, 'createIfAbsent' | 'compareAndSwap'>;
  readonly signal: AbortSignal | undefined;
  /** What the source holds, by its latest listing. */
  listed: ReadonlyMap<ObjectKey, ListedFacts>;
  /** Versions of the source that are dealt with: the target holds the same text, or the source's is no text. */
  readonly carried: Map<ObjectKey, Version>;
  /** Keys among {@link carried} whose bytes are no text. */
  readonly unreadable: Set<ObjectKey>;
  /** What is at the target, as far as this copy knows. */
  readonly atTarget: Map<ObjectKey, Version>;
  /** What this copy wrote. */
  readonly written: Set<ObjectKey>;
  deleted: number;
  /** Tells whoever follows how far it has come. */
  readonly tell: () => void;
}

/** What there is to do until the target holds what was listed of the source. */
export interface Todo {
  readonly writes: readonly ObjectKey[];
  readonly deletes: readonly ObjectKey[];
}

/** Compares what is listed of the source with what is dealt with. No request. */
export function todoOf({ listed, carried, atTarget }: Pick<Copying, 'listed' | 'carried' | 'atTarget'>): Todo {
  const writes = [...listed].filter(([key, { version }]) => carried.get(key) !== version).map(([key]) => key);
  const deletes = [...atTarget.keys()].filter((key) => !listed.has(key));
  return { writes, deletes };
}

/** @throws {@link CancelledError} */
export function refuseCancelled({ signal }: Copying): void {
  if (signal?.aborted) throw new CancelledError('the copy was cancelled: what was copied stays; run it again to go on');
}
