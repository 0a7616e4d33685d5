import type { Note } from '../notes/note.ts';
import type { Commit } from './commit.ts';
import type { OpenSpace } from './open-space.ts';
import { soundHint } from './space-log.ts';

/**
 * Which notes are live as of one head: those listed, and those brought back since the hint, less those consumed. The hint and
 * the listing of `live/` must have been read before the head, in this order; else a note could be neither live nor in the bank.
 */
export interface Liveness {
  /** Undefined where the space has no log yet: then every note listed is live. */
  readonly head: Commit | undefined;
  /** Consumed: never live again, whatever a listing shows. */
  readonly gone: ReadonlySet<string>;
  /** File name → stored text of notes brought back, which may not be listed yet. */
  readonly restored: ReadonlyMap<string, string>;
  /** Whether a note, once read, belongs to this life of the space. */
  readonly belongs: (note: Note) => boolean;
}

/** Reads the commits from the hint to the head; none where this process knows them. */
export async function readLiveness(space: OpenSpace, head: Commit | undefined, hint: number): Promise<Liveness> {
  const from = head ? soundHint(hint, head) : 0;
  return livenessOf(head, head ? await space.log.range(from, head.n) : [], from);
}

/** @param commits those from the hint on, the head included */
function livenessOf(head: Commit | undefined, commits: readonly Commit[], hint: number): Liveness {
  const consumed = commits.flatMap((commit) => commit.consumed.map(({ key }) => key));
  const gone = new Set([...Object.keys(head?.recent ?? {}), ...consumed]);
  const brought = commits.filter(({ n, life }) => n > hint && life === head?.life).flatMap(({ restored }) => restored);
  const restored = new Map(brought.filter(({ key }) => !gone.has(key)).map(({ key, text }) => [key, text]));
  const belongs = ({ life }: Note): boolean => life === undefined || !head?.past_lives.includes(life);
  return { head, gone, restored, belongs };
}
