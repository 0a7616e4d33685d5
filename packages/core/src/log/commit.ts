import { z } from 'zod';
import { NewerFormatError, UnreadableObjectError } from '../errors.ts';
import { parseJson } from '../json.ts';
import { reasonOf } from '../validate.ts';

/** What this version writes, and the newest it reads. */
export const COMMIT_FORMAT = 1;

/** Bytes of one commit as UTF-8, at most. */
export const MAX_COMMIT_BYTES: number = 16 * 1024 * 1024;

const commitKinds = [
  'adopt',
  'create',
  'consolidate',
  'write',
  'delete',
  'undo',
  'outside',
  'compact',
  'gc',
  'repair',
  'redact',
  'restore',
  'restoring',
  'delete_space',
] as const;
/**
 * What kind of change a commit is. `outside`: edits by hand; `gc`: old notes were thrown away; `repair`: documents got clean names;
 * `redact`: a secret was taken out. While the head is `restoring` or `delete_space`, the space does not exist; `restore` is the last
 * commit of a restore, as `create` is the first of a new space.
 */
export type CommitKind = (typeof commitKinds)[number];

const sha = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);
const span = z.tuple([count, count, count, count]);
const textRef = z.object({ sha256: sha, commit: count });

/** A path inside the space's own folder, whoever wrote the commit. */
const path = z
  .string()
  .refine((text) => text.split('/').every((part) => part !== '' && part !== '.' && part !== '..'), 'leaves the space');

const docChange = z.object({ after: z.string().nullable(), before: textRef.nullable(), spans: z.array(span) });
const fate = z.discriminatedUnion('fate', [
  z.object({ fate: z.literal('integrated'), path: z.string(), heading: z.string().optional() }),
  z.object({ fate: z.literal('discarded'), reason: z.string() }),
]);
const consumed = z.object({ key: z.string(), text: z.string(), fate });
const restored = z.object({ key: z.string(), text: z.string(), from: z.string(), fate });
const bankEntry = z.object({ sha256: sha, size: count, commit: count });
const totals = z.object({ consolidations: count, notes: count, last_consolidation: z.string().optional() });
const spaceInfo = z.object({
  description: z.string(),
  owner: z.string(),
  created_at: z.string(),
  creator: z.string().optional(),
});
const restores = z.object({ backup: z.string(), sha256: sha, op: z.string() });

const commitSchema: z.ZodType<Commit> = z.object({
  format: z.literal(COMMIT_FORMAT),
  n: count,
  kind: z.enum(commitKinds),
  actor: z.string(),
  at: z.string(),
  life: z.string(),
  past_lives: z.array(z.string()),
  op: z.string(),
  rests_on: z.record(z.string(), sha.nullable()),
  undoes: count.optional(),
  docs: z.record(path, docChange),
  consumed: z.array(consumed),
  restored: z.array(restored),
  bank: z.record(path, bankEntry),
  recent: z.record(z.string(), z.string()),
  totals,
  space: spaceInfo.optional(),
  restores: restores.optional(),
  continues: z.array(z.string()).optional(),
  warnings: z.array(z.string()).optional(),
  stub: z.literal(true).optional(),
});

/**
 * One change of a space, whole: the object `_commits/{n}.json`. Created if absent and never changed after, but for its texts,
 * which trimming takes away (a stub). Field names are the stored ones.
 */
export interface Commit {
  readonly format: typeof COMMIT_FORMAT;
  readonly n: number;
  readonly kind: CommitKind;
  /** Who made the change. */
  readonly actor: string;
  /** ISO 8601, by the store's clock. */
  readonly at: string;
  /** Drawn when the space was created. */
  readonly life: string;
  /** Lives of the same id that ended: a note of one of them, written late, is not live. */
  readonly past_lives: readonly string[];
  /** Identifies the change over all attempts to make it. */
  readonly op: string;
  /** SHA-256 of each document the change was made from, null for one that was absent. It may move to a higher number while all hold. */
  readonly rests_on: Readonly<Record<string, string | null>>;
  /** The commit this one undoes. */
  readonly undoes?: number | undefined;
  /** What became of each document it changes, by path. */
  readonly docs: Readonly<Record<string, DocumentChange>>;
  readonly consumed: readonly ConsumedNote[];
  readonly restored: readonly RestoredNote[];
  /** All documents after it, by path. */
  readonly bank: Readonly<Record<string, BankEntry>>;
  /** File names of notes consumed before, with the time: late requests may bring them back, and they are never live again. */
  readonly recent: Readonly<Record<string, string>>;
  readonly totals: Totals;
  /** What is said of the space when it is created or adopted; carried on from commit to commit. */
  readonly space?: SpaceInfo | undefined;
  /** Of `restoring` and `restore`: which backup becomes the space. */
  readonly restores?: RestoredBackup | undefined;
  /** Lives of the same id that this one goes on from, since it was restored from a backup of them; carried on from commit to commit. */
  readonly continues?: readonly string[] | undefined;
  readonly warnings?: readonly string[] | undefined;
  /** Its texts were trimmed away. */
  readonly stub?: true | undefined;
}

/** What became of one document. */
export interface DocumentChange {
  /** Null: deleted. */
  readonly after: string | null;
  /** Null: absent. The text itself is in the commit named. */
  readonly before: { readonly sha256: string; readonly commit: number } | null;
  readonly spans: readonly Span[];
}

/** Bytes `[beforeStart, beforeEnd)` of the text before became `[afterStart, afterEnd)` of the text after. */
export type Span = readonly [beforeStart: number, beforeEnd: number, afterStart: number, afterEnd: number];

/** A note that stopped being live with this commit. */
export interface ConsumedNote {
  /** File name. */
  readonly key: string;
  /** The stored object, whole. */
  readonly text: string;
  readonly fate: ConsumedFate;
}

/** Where a consumed note is now, or why it is nowhere. */
export type ConsumedFate =
  | { readonly fate: 'integrated'; readonly path: string; readonly heading?: string | undefined }
  | { readonly fate: 'discarded'; readonly reason: string };

/** A note that is live again. */
export interface RestoredNote {
  /** Its new file name: a consumed one is never live again. */
  readonly key: string;
  readonly text: string;
  /** The file name it was consumed under, and what had become of it. */
  readonly from: string;
  readonly fate: ConsumedFate;
}

/** Which text a document has, and where the log holds it. */
export interface BankEntry {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** Number of the commit that holds the text. */
  readonly commit: number;
}

/** A backup that becomes a space. */
export interface RestoredBackup {
  /** `{space}/{YYYY-MM-DDTHH-MM-SS}`. */
  readonly backup: string;
  /** Of its manifest: a backup that was changed meanwhile is another one. */
  readonly sha256: string;
  /** `op` of the commit that decided: notes get their new names from it, whoever goes on. */
  readonly op: string;
}

/** Counted over the whole life of a space. */
export interface Totals {
  readonly consolidations: number;
  /** Notes that are in the bank, were discarded, or were thrown away as old, by commits that stand. */
  readonly notes: number;
  readonly last_consolidation?: string | undefined;
}

/** What is said of a space to people. */
export interface SpaceInfo {
  readonly description: string;
  readonly owner: string;
  readonly created_at: string;
  /** Hash of the token that created it; leaves the memory in no answer. */
  readonly creator?: string | undefined;
}

/** A commit as it is stored. */
export function encodeCommit(commit: Commit): string {
  return `${JSON.stringify(commit, null, 1)}\n`;
}

/**
 * @throws {@link UnreadableObjectError} no commit
 * @throws {@link NewerFormatError} one of a later version
 */
export function decodeCommit(key: string, text: string): Commit {
  const json = parseJson(key, text);
  const { format } = z.object({ format: z.number() }).catch({ format: 0 }).parse(json);
  if (format > COMMIT_FORMAT) throw new NewerFormatError(key, format);
  const commit = commitSchema.safeParse(json);
  if (!commit.success) throw new UnreadableObjectError(key, reasonOf(commit.error));
  return commit.data;
}
