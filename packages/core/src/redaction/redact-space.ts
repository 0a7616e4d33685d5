import { z } from 'zod';
import { readTexts } from '../bank/read-texts.ts';
import { WriteConflictError } from '../errors.ts';
import { change } from '../log/change.ts';
import type { Commit } from '../log/commit.ts';
import type { Draft } from '../log/compose-commit.ts';
import { existingHead } from '../log/existing-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { rewriteCommits } from '../log/rewrite-commits.ts';
import { settle } from '../log/settle.ts';
import { metaKey, nameOf } from '../log/space-keys.ts';
import { readMeta } from '../log/space-meta.ts';
import { notTaken } from '../notes/gc-notes.ts';
import { agentName, LIBRARY, storableText } from '../notes/note.ts';
import { restoredName } from '../notes/note-key.ts';
import { documentsOfFrozen, freezeSpace, notesOfFrozen } from '../spaces/freeze-space.ts';
import { spaceId } from '../spaces/space.ts';
import { codePoints } from '../text.ts';
import { validate } from '../validate.ts';
import { createMask, type Mask } from './mask.ts';
import { type RedactedBackup, redactBackups } from './redact-backups.ts';
import { findInCommit, type NewHashes, withNewHashes, withoutSecret } from './redact-commit.ts';

const COMMITS_AT_ONCE = 8;
const LEAST = 4;
const MOST = 10_000;

/** What {@link RedactSpace} takes. */
export interface RedactSpaceInput {
  readonly space: string;
  /** The secret, taken literally; 4 to 10,000 characters. It is in no answer and no error. */
  readonly text: string;
  /** Say where it is, and write nothing. */
  readonly dryRun?: boolean | undefined;
  /** Who asks. */
  readonly actor?: string | undefined;
}

/** Where a secret was, and is no more; of a dry run: where it is. */
export interface Redaction {
  /** File names of live notes; they are live again under new names. */
  readonly notes: readonly string[];
  /** Documents, the rules and the synthesis. */
  readonly documents: readonly string[];
  /** Numbers of commits. */
  readonly commits: readonly number[];
  readonly backups: readonly RedactedBackup[];
  /** Whether `_meta.json` held it. */
  readonly meta: boolean;
  /** Names of documents that hold it: they stay, since a name can be changed by hand. */
  readonly names: readonly string[];
  /** The commit that says that it happened. */
  readonly commit?: number | undefined;
}

/**
 * Takes a secret out of the notes, the documents, the log and the backups of a space: a `*` for each of its bytes. The one act that
 * changes what the log tells of the past; a commit says that it happened, and cannot be undone. Broken off, running it again completes it.
 * Other processes may remember texts until they end.
 *
 * Cost: every note, document, commit and file of a backup is read, those in the log four times; a PUT for each that holds it, or names a text that did.
 * @throws {@link SpaceNotFoundError}
 */
export type RedactSpace = (input: RedactSpaceInput) => Promise<Redaction>;

const inputSchema = z.strictObject({
  space: spaceId,
  text: storableText
    .refine((text) => codePoints(text.trim()) >= LEAST, `takes at least ${LEAST} characters: less would hit too much`)
    .refine((text) => codePoints(text) <= MOST, `is longer than ${MOST} characters`),
  dryRun: z.boolean().default(false),
  actor: agentName.default(LIBRARY),
});

/** See {@link RedactSpace}. */
export function createRedactSpace(parts: Parts): RedactSpace {
  return async function redactSpace(input) {
    const { space: id, text, dryRun, actor } = validate(inputSchema, input);
    const space = parts.open(id);
    const mask = createMask(text);
    if (!dryRun) await readTexts(parts, space, 'all');
    const head = await existingHead(parts, space);
    const found = await scan(parts, space, mask);
    const hashes: NewHashes = new Map();
    const commits = await findInLog(space, head?.n ?? 0, mask, hashes);
    const backups = await redactBackups(parts, id, mask, true);
    const isClean = [found.notes, found.documents, commits, backups].every((list) => list.length === 0) && !found.meta;
    const report = { ...found, notes: found.notes.map(({ filename }) => filename), commits, backups };
    if (dryRun || isClean) return report;
    try {
      const commit = await commitRedaction(parts, space, mask, { found, actor, report });
      await settle(parts, space);
      await redactMeta(parts, space, mask);
      await redactLog(parts, space, mask);
      await redactBackups(parts, id, mask, false);
      return { ...report, commit: commit.n };
    } finally {
      // What this process remembers may hold the secret.
      parts.forget(id);
    }
  };
}

interface Found {
  readonly notes: readonly { readonly filename: string; readonly text: string }[];
  readonly documents: readonly string[];
  readonly meta: boolean;
  readonly names: readonly string[];
}

/** Only what holds the secret is kept in memory. */
async function scan(parts: Parts, space: OpenSpace, { finds }: Mask): Promise<Found> {
  const frozen = await freezeSpace(parts, space);
  const documents: string[] = [];
  for await (const { path, text } of documentsOfFrozen(frozen)) if (finds(text)) documents.push(nameOf(path));
  const notes: { filename: string; text: string }[] = [];
  for await (const { path, text } of notesOfFrozen(parts, frozen)) {
    if (finds(text)) notes.push({ filename: path.slice('live/'.length), text });
  }
  const names = frozen.documents.map(nameOf).filter(finds);
  return { notes, documents, names, meta: frozen.meta !== undefined && finds(frozen.meta) };
}

async function findInLog(space: OpenSpace, last: number, mask: Mask, hashes: NewHashes): Promise<number[]> {
  const found: number[] = [];
  for (let first = 1; first <= last; first += COMMITS_AT_ONCE) {
    const commits = await space.log.look(first, Math.min(last, first + COMMITS_AT_ONCE - 1));
    for (const commit of commits) if ('docs' in commit && findInCommit(commit, mask, hashes)) found.push(commit.n);
  }
  return found.toSorted((a, b) => a - b);
}

interface Redacting {
  readonly found: Found;
  readonly actor: string;
  readonly report: Redaction;
}

/** What is current becomes clean by a commit, which holds clean texts only. */
async function commitRedaction(
  parts: Parts,
  space: OpenSpace,
  mask: Mask,
  { found, actor, report }: Redacting,
): Promise<Commit> {
  const op = parts.newId();
  const since = (await space.log.head())?.n ?? 1;
  const made = await change(parts, space, {
    op,
    async propose(head): Promise<Draft> {
      const documents = await dirtyDocuments(space, head, mask);
      const notes = await notTaken(space, { since, head }, found.notes);
      const fate = { fate: 'discarded', reason: 'a secret was taken out of it' } as const;
      const cleaned = notes.map(({ filename, text }) => ({ filename, text: mask.clean(text) }));
      return {
        kind: 'redact',
        actor,
        docs: new Map([...documents].map(([path, text]) => [path, mask.clean(text)])),
        before: documents,
        consumed: cleaned.map(({ filename, text }) => ({ key: filename, text, fate })),
        restored: cleaned.map(({ filename, text }) => ({
          key: restoredName(filename, op),
          text,
          from: filename,
          fate,
        })),
        warnings: [wordsOf(report)],
      };
    },
  });
  if (!made) throw new WriteConflictError(space.id);
  return made;
}

async function dirtyDocuments(space: OpenSpace, head: Commit, { finds }: Mask): Promise<Map<string, string>> {
  const dirty = new Map<string, string>();
  const frozen = { space, head, documents: Object.keys(head.bank) };
  for await (const { path, text } of documentsOfFrozen(frozen)) if (finds(text)) dirty.set(path, text);
  return dirty;
}

function wordsOf({ notes, documents, commits, backups }: Redaction): string {
  const files = backups.reduce((sum, { files: some }) => sum + some, 0);
  return `a secret was taken out of ${notes.length} notes, ${documents.length} documents, ${commits.length} commits and ${files} files of backups`;
}

async function redactMeta(parts: Parts, space: OpenSpace, { clean, finds }: Mask): Promise<void> {
  const stored = await readMeta(parts, space);
  if (stored?.version === undefined || !finds(stored.body)) return;
  await parts.store.put(metaKey(space.id), clean(stored.body), { version: stored.version });
}

/**
 * Late writes of an old text cannot come back as edits by hand: whoever settles writes only over the version it has seen, and that is gone.
 */
async function redactLog(parts: Parts, space: OpenSpace, mask: Mask): Promise<void> {
  const last = (await space.log.head())?.n ?? 0;
  const hashes: NewHashes = new Map();
  await findInLog(space, last, mask, hashes);
  const all = { from: 1, to: last };
  await rewriteCommits(parts, space, all, (commit) => withNewHashes(commit, hashes));
  await rewriteCommits(parts, space, all, (commit) => withoutSecret(commit, mask));
}
