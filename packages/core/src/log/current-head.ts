import { z } from 'zod';
import { SpaceNotFoundError, UnreadableObjectError } from '../errors.ts';
import { formatInstant } from '../notes/instant.ts';
import { sha256Hex, utf8Length } from '../text.ts';
import { type BankEntry, COMMIT_FORMAT, type Commit, type DocumentChange, parseJson } from './commit.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import { metaKey, RULES, SYNTHESIS } from './space-keys.ts';

/** What the head of a space says, whether it has a log yet or not. */
export interface CurrentHead {
  readonly commit: Commit;
  /** False where the space was laid out by another program: `commit` is what adopting it would make, and is not in the log. */
  readonly logged: boolean;
}

const ENDED: readonly string[] = ['delete_space', 'restoring'];

/** Whether a space exists, by the newest commit of its log. */
export function isAlive(head: Commit): boolean {
  return !ENDED.includes(head.kind);
}

/**
 * The head of a space that exists. Cost as {@link SpaceLog.head}; without a log also `_meta.json` and the whole bank.
 * @throws {@link SpaceNotFoundError}
 */
export async function currentHead(parts: Parts, space: OpenSpace): Promise<CurrentHead> {
  const commit = await space.log.head();
  if (!commit) return { commit: await composeAdoption(parts, space), logged: false };
  if (!isAlive(commit)) throw new SpaceNotFoundError(space.id);
  return { commit, logged: true };
}

/**
 * The number of the head; 0 where the space has no log yet. Cost as {@link SpaceLog.head}; without a log 1 GET more.
 * @throws {@link SpaceNotFoundError}
 */
export async function lastCommit(parts: Parts, space: OpenSpace): Promise<number> {
  const head = await space.log.head();
  if (head && isAlive(head)) return head.n;
  if (head || !(await parts.store.get(metaKey(space.id)))) throw new SpaceNotFoundError(space.id);
  return 0;
}

const metaSchema = z.looseObject({
  description: z.string().catch(''),
  owner: z.string().catch(''),
  created_at: z.string().catch(''),
  consolidation_count: z.number().int().min(0).catch(0),
  total_notes_processed: z.number().int().min(0).catch(0),
  last_consolidation: z.string().optional().catch(undefined),
});

/** `_meta.json`: for people and other programs; the log decides. Fields not named here are kept. */
export interface SpaceMeta {
  readonly description: string;
  readonly owner: string;
  readonly created_at: string;
  readonly consolidation_count: number;
  readonly total_notes_processed: number;
  readonly last_consolidation?: string | undefined;
}

/** @throws {@link UnreadableObjectError} no JSON object */
export function decodeMeta(key: string, text: string): SpaceMeta {
  const meta = metaSchema.safeParse(parseJson(key, text));
  if (!meta.success) throw new UnreadableObjectError(key, 'it is no JSON object');
  return meta.data;
}

/** The commit that takes a space without a log as it is, with all its texts. Writes nothing. */
async function composeAdoption({ store, newId, storeTime }: Parts, space: OpenSpace): Promise<Commit> {
  const stored = await store.get(metaKey(space.id));
  if (!stored) throw new SpaceNotFoundError(space.id);
  const meta = decodeMeta(metaKey(space.id), stored.body);
  const listed = await space.documents.list();
  const found = await space.documents.read([...listed.keys(), SYNTHESIS, RULES]);
  const docs: Record<string, DocumentChange> = {};
  const bank: Record<string, BankEntry> = {};
  for (const [path, document] of found) {
    if (document instanceof UnreadableObjectError) continue;
    docs[path] = { after: document.text, before: null, spans: [[0, 0, 0, utf8Length(document.text)]] };
    bank[path] = { sha256: sha256Hex(document.text), size: utf8Length(document.text), commit: 1 };
  }
  return {
    format: COMMIT_FORMAT,
    n: 1,
    kind: 'adopt',
    actor: 'live-mem',
    at: formatInstant(await storeTime()),
    life: newId(),
    past_lives: [],
    op: newId(),
    rests_on: {},
    docs,
    consumed: [],
    restored: [],
    bank,
    recent: {},
    totals: totalsOf(meta),
  };
}

function totalsOf({ consolidation_count, total_notes_processed, last_consolidation }: SpaceMeta): Commit['totals'] {
  const last = last_consolidation === undefined ? {} : { last_consolidation };
  return { consolidations: consolidation_count, notes: total_notes_processed, ...last };
}
