import { LiveMemoryError } from '../errors.ts';
import { carryBack } from '../log/carry-back.ts';
import type { Commit } from '../log/commit.ts';
import type { TextRef } from '../log/document-text.ts';
import type { OpenSpace } from '../log/open-space.ts';
import type { DocumentPath } from '../log/space-keys.ts';
import type { ByteRange } from '../log/spans.ts';

const COMMITS_AT_ONCE = 20;
/** So many commits are looked back at to see whether a document came back to a text it had. */
const LOOK_BACK = 60;

/** Bytes of a document as the head has it. */
export interface Wanted {
  readonly path: DocumentPath;
  readonly range: ByteRange;
  /** Commits at most. */
  readonly limit: number;
}

/** A commit that brought some of the bytes. */
interface Origin {
  readonly commit: Commit;
  /** How many. */
  readonly bytes: number;
}

/** Newest first. */
export interface Origins {
  readonly origins: readonly Origin[];
  /** Why some bytes' origin is not told. */
  readonly incomplete: string | undefined;
}

/**
 * Goes back through the changes of a document, from each to the one before, until it is known where all the bytes come from. A damaged commit
 * matters only where it is one of them. Cost: a GET for each commit passed, 20 at once.
 */
export async function findOrigins(space: OpenSpace, head: Commit, { path, range, limit }: Wanted): Promise<Origins> {
  const origins: Origin[] = [];
  const read = createReader(space);
  let ranges: readonly ByteRange[] = range[0] < range[1] ? [range] : [];
  let at: TextRef | null | undefined = head.bank[path];
  while (at && ranges.length > 0) {
    if (origins.length === limit) return { origins, incomplete: `more than ${limit} commits brought it` };
    const commit = await read(at.commit);
    if (commit instanceof LiveMemoryError) return { origins, incomplete: commit.message };
    if (commit.stub) return { origins, incomplete: `the texts of commit ${commit.n} are no longer kept` };
    const change = commit.docs[path];
    if (!change) return { origins, incomplete: `commit ${commit.n} does not hold the text its map names` };
    const { brought, older } = carryBack(ranges, change.spans);
    const same = brought.length > 0 ? await sameTextBefore(read, commit, path) : undefined;
    if (same) at = same;
    else {
      if (brought.length > 0) origins.push({ commit, bytes: sizeOf(brought) });
      [ranges, at] = [older, change.before];
    }
  }
  return { origins, incomplete: undefined };
}

type Read = (n: number) => Promise<Commit | LiveMemoryError>;

/** Reads commits backwards, twenty at once: those below the one asked for are asked for next. */
function createReader(space: OpenSpace): Read {
  let block: readonly (Commit | LiveMemoryError)[] = [];
  let newest = 0;
  return async function read(n) {
    const known = block[newest - n];
    if (known) return known;
    block = await space.log.look(n - ((n - 1) % COMMITS_AT_ONCE), n);
    newest = n;
    return block[0] ?? space.log.get(n);
  };
}

/** Where the document had this very text before, if it came back to it: by an undo, or written again. */
async function sameTextBefore(read: Read, commit: Commit, path: DocumentPath): Promise<TextRef | null | undefined> {
  const sha256 = commit.bank[path]?.sha256;
  // The undo of a deletion replaced nothing: only the commit it undoes leads further back.
  const undone = commit.undoes === undefined ? undefined : await read(commit.undoes);
  const replaced = undone && 'docs' in undone ? undone.docs[path]?.before : undefined;
  if (replaced?.sha256 === sha256) return replaced;
  let before = commit.docs[path]?.before;
  while (before && before.sha256 !== sha256 && before.commit > commit.n - LOOK_BACK) {
    const holder: Commit | LiveMemoryError = await read(before.commit);
    before = 'docs' in holder ? holder.docs[path]?.before : undefined;
  }
  return before?.sha256 === sha256 ? before : null;
}

function sizeOf(ranges: readonly ByteRange[]): number {
  return ranges.reduce((sum, [start, end]) => sum + end - start, 0);
}
