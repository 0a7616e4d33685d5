import { UnreadableObjectError } from '../errors.ts';
import { parseInstant } from '../notes/instant.ts';
import type { Commit } from './commit.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import type { OutsideEdit } from './outside-edits.ts';
import type { Seen } from './seen.ts';
import type { DocumentPath } from './space-keys.ts';

const KNOWN_FOR_MS = 24 * 3_600_000;
const COMMITS_AT_ONCE = 32;

/** Stored texts that no change can have left there: edits by hand. Usually no request; where a text is strange, the log of a day. */
export async function findOutsideEdits(parts: Parts, space: OpenSpace, seen: Seen): Promise<OutsideEdit[]> {
  const edits: OutsideEdit[] = [];
  for (const [path, document] of seen.stored) {
    if (document instanceof UnreadableObjectError || document.sha256 === seen.head.bank[path]?.sha256) continue;
    if (!(await isKnownText(parts, space, seen, { path, sha256: document.sha256 }))) {
      edits.push({ path, text: document.text });
    }
  }
  return edits;
}

interface FoundText {
  readonly path: DocumentPath;
  readonly sha256: string;
}

/**
 * Whether a commit of the last 24 hours, or one that is not known to be shown, had this text before or after it: then it is a late
 * write, or one that its change has not replaced yet.
 */
async function isKnownText(
  parts: Parts,
  space: OpenSpace,
  { head, unsettled }: Seen,
  { path, sha256 }: FoundText,
): Promise<boolean> {
  const oldest = (await parts.storeTime()) - KNOWN_FOR_MS;
  const firstUnshown = unsettled[0]?.n ?? head.n + 1;
  const counts = ({ n, at }: Commit): boolean => n >= firstUnshown || (parseInstant(at) ?? 0) >= oldest;
  for (let [last, count] = [head.n, 1]; last > 0; last -= count, count = Math.min(2 * count, COMMITS_AT_ONCE)) {
    const commits = (await space.log.range(last - count + 1, last)).filter(counts);
    if (commits.some((commit) => hadText(commit, path, sha256))) return true;
    if (commits.length < Math.min(count, last)) return false;
  }
  return false;
}

function hadText({ docs, bank, rests_on }: Commit, path: DocumentPath, sha256: string): boolean {
  return [docs[path]?.before?.sha256, bank[path]?.sha256, rests_on[path]].includes(sha256);
}
