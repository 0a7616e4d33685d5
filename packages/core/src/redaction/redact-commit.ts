import type { BankEntry, Commit, ConsumedFate, DocumentChange, SpaceInfo } from '../log/commit.ts';
import { sha256Hex } from '../text.ts';
import { cleanNote } from './clean-file.ts';
import type { Mask } from './mask.ts';

/** SHA-256 of texts that hold the secret → that of the same text without it. */
export type NewHashes = Map<string, string>;

/** Notes the texts of a commit that hold the secret. @returns whether anything in the commit does */
export function findInCommit(commit: Commit, mask: Mask, hashes: NewHashes): boolean {
  if (!wordsOf(commit).some(mask.finds)) return false;
  for (const { after } of Object.values(commit.docs)) {
    if (after !== null && mask.finds(after)) hashes.set(sha256Hex(after), sha256Hex(mask.clean(after)));
  }
  return withoutSecret(commit, mask) !== undefined;
}

function wordsOf({ docs, consumed, restored, warnings = [], space, actor }: Commit): string[] {
  const texts = Object.values(docs).map(({ after }) => after ?? '');
  const notes = [...consumed, ...restored].flatMap(({ text, fate }) => [text, wordOf(fate)]);
  return [...texts, ...notes, ...warnings, space?.description ?? '', space?.owner ?? '', actor];
}

function wordOf(fate: ConsumedFate): string {
  return fate.fate === 'discarded' ? fate.reason : (fate.heading ?? '');
}

/**
 * A commit, or a stub, that names texts by the hashes they have without the secret; undefined where it names none of them. Done for all
 * commits before any text is changed: broken off, the texts still tell which hashes are to be.
 */
export function withNewHashes(commit: Commit, hashes: NewHashes): Commit | undefined {
  const newHash = (sha256: string): string => hashes.get(sha256) ?? sha256;
  return unlessSame(commit, {
    ...commit,
    rests_on: mapped(commit.rests_on, (sha256) => (sha256 === null ? null : newHash(sha256))),
    docs: mapped(commit.docs, ({ after, before, spans }): DocumentChange => {
      return { after, before: before && { ...before, sha256: newHash(before.sha256) }, spans };
    }),
    bank: mapped(commit.bank, (entry): BankEntry => ({ ...entry, sha256: newHash(entry.sha256) })),
  });
}

/** A commit without the secret; undefined where it does not hold it. Numbers, keys and `op` stay. */
export function withoutSecret(commit: Commit, mask: Mask): Commit | undefined {
  const { clean } = mask;
  const { docs, warnings, space } = commit;
  const cleaned = <Note extends { readonly text: string; readonly fate: ConsumedFate }>(note: Note): Note => {
    return { ...note, text: cleanNote(mask, note.text), fate: cleanedFate(note.fate, mask) };
  };
  return unlessSame(commit, {
    ...commit,
    actor: clean(commit.actor),
    docs: mapped(docs, (change) => ({ ...change, after: change.after === null ? null : clean(change.after) })),
    consumed: commit.consumed.map(cleaned),
    restored: commit.restored.map(cleaned),
    ...(warnings ? { warnings: warnings.map(clean) } : {}),
    ...(space ? { space: cleanedInfo(space, mask) } : {}),
  });
}

/** What is said of a space, without the secret. */
export function cleanedInfo<Info extends SpaceInfo>(info: Info, { clean }: Mask): Info {
  return { ...info, description: clean(info.description), owner: clean(info.owner) };
}

function unlessSame(before: Commit, after: Commit): Commit | undefined {
  return JSON.stringify(after) === JSON.stringify(before) ? undefined : after;
}

function cleanedFate(fate: ConsumedFate, { clean }: Mask): ConsumedFate {
  if (fate.fate === 'discarded') return { ...fate, reason: clean(fate.reason) };
  return fate.heading === undefined ? fate : { ...fate, heading: clean(fate.heading) };
}

function mapped<Value, Result>(
  fields: Readonly<Record<string, Value>>,
  change: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));
}
