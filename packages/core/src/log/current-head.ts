import { SpaceNotFoundError, UnreadableObjectError } from '../errors.ts';
import { formatInstant } from '../notes/instant.ts';
import { sha256Hex, utf8Length } from '../text.ts';
import { type BankEntry, COMMIT_FORMAT, type Commit, type DocumentChange } from './commit.ts';
import { existingHead } from './existing-head.ts';
import type { OpenSpace, Parts } from './open-space.ts';
import { metaKey, RULES, SYNTHESIS } from './space-keys.ts';
import { decodeMeta, type SpaceMeta } from './space-meta.ts';

/** What the head of a space says, whether it has a log yet or not. */
export interface CurrentHead {
  readonly commit: Commit;
  /** False where the space was laid out by another program: `commit` is what adopting it would make, and is not in the log. */
  readonly logged: boolean;
}

/**
 * The head of a space that exists. Cost as {@link existingHead}; without a log also the whole bank.
 * @throws {@link SpaceNotFoundError}
 */
export async function currentHead(parts: Parts, space: OpenSpace): Promise<CurrentHead> {
  const commit = await existingHead(parts, space);
  return commit ? { commit, logged: true } : { commit: await composeAdoption(parts, space), logged: false };
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
    space: { description: meta.description, owner: meta.owner, created_at: meta.created_at },
  };
}

function totalsOf({ consolidation_count, total_notes_processed, last_consolidation }: SpaceMeta): Commit['totals'] {
  const last = last_consolidation === undefined ? {} : { last_consolidation };
  return { consolidations: consolidation_count, notes: total_notes_processed, ...last };
}
