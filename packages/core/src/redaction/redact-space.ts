import { z } from 'zod';
import { readTexts } from '../bank/read-texts.ts';
import { StoreUnavailableError, UnreadableObjectError } from '../errors.ts';
import { existingHead } from '../log/existing-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { rewriteCommits } from '../log/rewrite-commits.ts';
import { settle } from '../log/settle.ts';
import { metaKey } from '../log/space-keys.ts';
import { agentName, LIBRARY, storableText } from '../notes/note.ts';
import { livePrefix } from '../notes/note-key.ts';
import { spaceId } from '../spaces/space.ts';
import { codePoints } from '../text.ts';
import { anyCaller, type Caller } from '../tokens/caller.ts';
import { validate } from '../validate.ts';
import { cleanCurrent } from './clean-current.ts';
import { cleanFile } from './clean-file.ts';
import { findLeft } from './find-left.ts';
import { type FoundInLog, findInLog, findNow } from './find-secret.ts';
import { createMask, type Mask } from './mask.ts';
import { backupsToRedact, type RedactedBackup, redactBackups } from './redact-backups.ts';
import { withNewHashes, withoutSecret } from './redact-commit.ts';
import { rewriteObject } from './rewrite-object.ts';

const LEAST = 4;
const MOST = 10_000;

/** What {@link RedactSpace} takes. */
export interface RedactSpaceInput {
  readonly space: string;
  /**
   * The secret, taken literally (also letter case and Unicode form); 4 to 10,000 characters, not only stars and white space. It is in no
   * answer and no error, unless it is part of the id of a backup.
   */
  readonly text: string;
  /** Say where it is, and write nothing. */
  readonly dryRun?: boolean | undefined;
  /** Who asks. */
  readonly actor?: string | undefined;
  /** Backups that it may not see are left alone; absent: whoever holds the store. */
  readonly caller?: Caller | undefined;
}

/** Where a secret was, and is no more; of a dry run: where it is. Names and keys that hold it have stars in its place. */
export interface Redaction {
  /** File names of live notes; they are live again under new names. */
  readonly notes: readonly string[];
  /** File names of notes that were consumed, or left in an earlier life of the id, and lay about still: they are deleted. */
  readonly leftovers: readonly string[];
  /** Documents, the rules and the synthesis. */
  readonly documents: readonly string[];
  /** Numbers of commits; those of earlier lives of the id are cleaned as well, and not told. */
  readonly commits: readonly number[];
  readonly backups: readonly RedactedBackup[];
  /** Whether `_meta.json` held it. */
  readonly meta: boolean;
  /**
   * Names of documents and notes, also of earlier ones, that hold it: they stay. The name of a note has lost some characters of its agent's
   * name, and is not looked for without them.
   */
  readonly names: readonly string[];
  /** The commit that says that it happened. */
  readonly commit?: number | undefined;
  /**
   * Keys of objects that hold it after all: written meanwhile, of other programs, damaged, or where it is part of a name or a time. Not of
   * a dry run.
   */
  readonly left?: readonly string[] | undefined;
}

/**
 * Takes a secret out of the notes, the documents, the log and the backups of a space: a `*` for each of its bytes. The one act that
 * changes what the log tells of the past; a commit says that it happened, and cannot be undone. Broken off, running it again completes it.
 * Other processes may remember texts until they end: restart them. Of a space that was deleted, delete the backups instead.
 *
 * Cost: every note, document, commit and file of a backup is read, those in the log five times; a PUT for each that holds it, or names a text
 * that did; then every object is read once more, to tell what is left.
 * @throws {@link SpaceNotFoundError}
 * @throws {@link NewerFormatError} a later version writes in the log; nothing was changed
 * @throws {@link WriteConflictError} {@link StoreUnavailableError} run it again
 */
export type RedactSpace = (input: RedactSpaceInput) => Promise<Redaction>;

const inputSchema = z.strictObject({
  space: spaceId,
  text: storableText
    .refine((text) => codePoints(text.trim()) >= LEAST, `takes at least ${LEAST} characters: less would hit too much`)
    .refine((text) => codePoints(text) <= MOST, `is longer than ${MOST} characters`)
    .refine((text) => !/^[*\s]*$/.test(text), 'is nothing but stars, which stand for what was taken out'),
  dryRun: z.boolean().default(false),
  actor: agentName.default(LIBRARY),
  caller: anyCaller.optional(),
});

/** See {@link RedactSpace}. */
export function createRedactSpace(parts: Parts): RedactSpace {
  return async function redactSpace(input) {
    const { space: id, text, dryRun, actor, caller } = validate(inputSchema, input);
    // What is remembered may be as another process has changed it since, and may hold the secret afterwards.
    parts.forget(id);
    try {
      return await redact(parts, parts.open(id), { mask: createMask(text), dryRun, actor, caller });
    } finally {
      parts.forget(id);
    }
  };
}

interface Request {
  readonly mask: Mask;
  readonly dryRun: boolean;
  readonly actor: string;
  readonly caller: Caller | undefined;
}

async function redact(parts: Parts, space: OpenSpace, { mask, dryRun, actor, caller }: Request): Promise<Redaction> {
  // Looking first takes edits by hand into the log.
  if (!dryRun) await readTexts(parts, space, 'all');
  const head = await existingHead(parts, space);
  const { frozen, ...now } = await findNow(parts, space, mask);
  const log = await findInLog(space, head, mask);
  const ids = await backupsToRedact(parts, space.id, head, caller);
  const backups = await redactBackups(parts, ids, mask, true);
  const names = [...new Set([...now.names, ...log.names])].toSorted();
  const notes = now.notes.map(({ filename }) => filename);
  const report = { ...now, notes, names, commits: log.commits, backups };
  if (dryRun) return shown(report, mask);
  const dirty = [notes, now.leftovers, now.documents, backups].reduce((sum, { length }) => sum + length, log.count);
  if (dirty === 0 && !now.meta) return shown({ ...report, left: await findLeft(parts, space.id, ids, mask) }, mask);
  const since = frozen.logged ? frozen.head.n : 1;
  const life = frozen.logged ? frozen.head.life : undefined;
  const words = wordsOf(report, log.count);
  const { asOf, commit } = await cleanCurrent(parts, space, { mask, actor, notes: now.notes, since, life, words });
  await settle(parts, space);
  await redactLog(parts, space, await findInLog(space, asOf, mask), { mask, upTo: asOf.n });
  await rewriteObject(parts, metaKey(space.id), (meta) => cleanFile(mask, '_meta.json', meta));
  await parts.store.deleteMany(now.leftovers.map((name) => livePrefix(space.id) + name));
  await redactBackups(parts, ids, mask, false);
  return shown({ ...report, commit, left: await findLeft(parts, space.id, ids, mask) }, mask);
}

/** Answers are logged and kept: names that hold the secret do not repeat it there. */
function shown(report: Redaction, { clean }: Mask): Redaction {
  const { notes, leftovers, documents, names, left } = report;
  return {
    ...report,
    notes: notes.map(clean),
    leftovers: leftovers.map(clean),
    documents: documents.map(clean),
    names: names.map(clean),
    ...(left ? { left: left.map(clean) } : {}),
  };
}

function wordsOf({ notes, documents, backups }: Redaction, commits: number): string {
  const files = backups.reduce((sum, { files: some }) => sum + some, 0);
  return `a secret was taken out of ${notes.length} notes, ${documents.length} documents, ${commits} commits and ${files} files of backups`;
}

interface Rewriting {
  readonly mask: Mask;
  /** The commit as of which no document held the secret: what came later is not touched, since it is shown as it is. */
  readonly upTo: number;
}

/**
 * Takes the secret out of commits. A writer who is late with an old text writes only over the version it has seen, and that is gone: it
 * cannot come back as an edit by hand. Only a document that was new with the secret and deleted since could, from a writer whose PUT is
 * under way all the while.
 */
async function redactLog(
  parts: Parts,
  space: OpenSpace,
  { hashes, paths }: FoundInLog,
  { mask, upTo }: Rewriting,
): Promise<void> {
  await refuseUnshown(space, hashes, [...paths]);
  const all = { from: 1, to: upTo };
  await rewriteCommits(parts, space, all, (commit) => withNewHashes(commit, hashes));
  await rewriteCommits(parts, space, all, (commit) => withoutSecret(commit, mask));
}

/**
 * A text that still is stored must be known to the log, or it is taken for an edit by hand.
 * @throws {@link StoreUnavailableError} the store did not take what the log says
 */
async function refuseUnshown(space: OpenSpace, hashes: FoundInLog['hashes'], paths: readonly string[]): Promise<void> {
  for (const stored of (await space.documents.read(paths)).values()) {
    if (!(stored instanceof UnreadableObjectError) && hashes.has(stored.sha256))
      throw new StoreUnavailableError(`${space.id}: a document is stored as it was before: run it again`);
  }
}
