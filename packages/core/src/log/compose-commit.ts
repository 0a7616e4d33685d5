import { TooLargeError } from '../errors.ts';
import { formatInstant, parseInstant } from '../notes/instant.ts';
import { sha256Hex, utf8Length } from '../text.ts';
import {
  type BankEntry,
  COMMIT_FORMAT,
  type Commit,
  type CommitKind,
  type ConsumedNote,
  type DocumentChange,
  encodeCommit,
  MAX_COMMIT_BYTES,
  type RestoredBackup,
  type RestoredNote,
  type SpaceInfo,
  type Totals,
} from './commit.ts';
import type { OpenSpace } from './open-space.ts';
import type { DocumentPath } from './space-keys.ts';
import { changedSpans } from './spans.ts';

const HOUR = 3_600_000;

/** What a use case wants changed; the protocol makes a commit of it. */
export interface Draft {
  readonly kind: CommitKind;
  readonly actor: string;
  /** Path → text after, null to delete. */
  readonly docs: ReadonlyMap<DocumentPath, string | null>;
  /** Path → text before, of the documents changed; absent ones were not there. */
  readonly before: ReadonlyMap<DocumentPath, string>;
  /** Further documents the change was made from, for instance the rules. */
  readonly restsOn?: readonly DocumentPath[] | undefined;
  readonly consumed?: readonly ConsumedNote[] | undefined;
  readonly restored?: readonly RestoredNote[] | undefined;
  readonly undoes?: number | undefined;
  readonly totals?: Totals | undefined;
  readonly space?: SpaceInfo | undefined;
  /** A new life begins. */
  readonly life?: string | undefined;
  readonly restores?: RestoredBackup | undefined;
  /** Of a new life: the lives it goes on from. */
  readonly continues?: readonly string[] | undefined;
  readonly warnings?: readonly string[] | undefined;
}

/** Where the new commit stands. */
export interface Standing {
  readonly space: OpenSpace;
  /** The commit before it; undefined for the first one of a space. */
  readonly head: Commit | undefined;
  readonly op: string;
  /** Milliseconds since the Unix epoch, by the store's clock. */
  readonly now: number;
}

/** @throws {@link TooLargeError} it would exceed 16 MiB */
export function composeCommit(draft: Draft, { space, head, op, now }: Standing): Commit {
  const n = (head?.n ?? 0) + 1;
  const life = draft.life ?? head?.life ?? '';
  const ended = head && draft.life !== undefined ? [head.life] : [];
  const commit: Commit = {
    format: COMMIT_FORMAT,
    n,
    kind: draft.kind,
    actor: draft.actor,
    at: formatInstant(now),
    life,
    past_lives: [...(head?.past_lives ?? []), ...ended],
    op,
    rests_on: restsOn(draft, head),
    docs: changesOf(draft, head),
    consumed: draft.consumed ?? [],
    restored: draft.restored ?? [],
    bank: bankAfter(draft, head, n),
    recent: recentAfter(space, head, now),
    totals: draft.totals ?? head?.totals ?? { consolidations: 0, notes: 0 },
    ...(draft.undoes === undefined ? {} : { undoes: draft.undoes }),
    ...carried(draft, head),
    ...(draft.restores ? { restores: draft.restores } : {}),
    ...(draft.warnings && draft.warnings.length > 0 ? { warnings: draft.warnings } : {}),
  };
  refuseTooLarge(commit);
  return commit;
}

/** What commits of one life hand on; a new life has its own. */
function carried(draft: Draft, head: Commit | undefined): Pick<Commit, 'space' | 'continues'> {
  const before = draft.life === undefined ? head : undefined;
  const [space, continues] = [draft.space ?? before?.space, draft.continues ?? before?.continues];
  return { ...(space ? { space } : {}), ...(continues && continues.length > 0 ? { continues } : {}) };
}

/** @throws {@link TooLargeError} a commit of more than 16 MiB */
export function refuseTooLarge(commit: Commit): void {
  const bytes = utf8Length(encodeCommit(commit));
  if (bytes <= MAX_COMMIT_BYTES) return;
  throw new TooLargeError(
    `this change takes ${bytes} bytes, a commit holds at most ${MAX_COMMIT_BYTES}: make it in parts`,
  );
}

function restsOn({ docs, restsOn: more = [] }: Draft, head: Commit | undefined): Record<DocumentPath, string | null> {
  return Object.fromEntries([...docs.keys(), ...more].map((path) => [path, head?.bank[path]?.sha256 ?? null]));
}

function changesOf({ docs, before }: Draft, head: Commit | undefined): Record<DocumentPath, DocumentChange> {
  const changes: Record<DocumentPath, DocumentChange> = {};
  for (const [path, after] of docs) {
    const entry = head?.bank[path];
    const spans = changedSpans(before.get(path) ?? '', after ?? '');
    changes[path] = { after, before: entry ? { sha256: entry.sha256, commit: entry.commit } : null, spans };
  }
  return changes;
}

function bankAfter({ docs, life, kind }: Draft, head: Commit | undefined, n: number): Record<DocumentPath, BankEntry> {
  const isFresh = life !== undefined || kind === 'delete_space';
  const bank = new Map(isFresh ? [] : Object.entries(head?.bank ?? {}));
  for (const [path, after] of docs) {
    if (after === null) bank.delete(path);
    else bank.set(path, { sha256: sha256Hex(after), size: utf8Length(after), commit: n });
  }
  return Object.fromEntries(bank);
}

/**
 * Keys consumed before. Late requests may still bring a note back under such a key, so one is forgotten only after a listing,
 * begun an hour or more after the consumption, did not show it.
 */
function recentAfter({ lastListing }: OpenSpace, head: Commit | undefined, now: number): Record<string, string> {
  const before = Object.entries(head?.recent ?? {}).filter(([key, at]) => {
    const consumedAt = parseInstant(at) ?? now;
    return !lastListing || lastListing.at - consumedAt < HOUR || lastListing.filenames.has(key);
  });
  return Object.fromEntries([...before, ...(head?.consumed ?? []).map(({ key }) => [key, head?.at ?? ''] as const)]);
}
