import { z } from 'zod';
import { change } from '../log/change.ts';
import type { Commit } from '../log/commit.ts';
import type { Draft } from '../log/compose-commit.ts';
import { currentHead } from '../log/current-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { filenameOfPath, pathOfFilename } from '../log/space-keys.ts';
import { agentName, LIBRARY } from '../notes/note.ts';
import { spaceId } from '../spaces/space.ts';
import { validate } from '../validate.ts';
import { clashingName, documentName } from './document-name.ts';
import { readTexts, readTextsAsOf } from './read-texts.ts';

/** What {@link RepairNames} takes. */
export interface RepairNamesInput {
  readonly space: string;
  /** Say what would be done, and write nothing. */
  readonly dryRun?: boolean | undefined;
  /** Who asks. */
  readonly actor?: string | undefined;
}

/** What a repair did, or would do. */
export interface RepairedNames {
  readonly renamed: readonly { readonly from: string; readonly to: string }[];
  /** Documents that went, since another has the same text under the clean name. */
  readonly removed: readonly { readonly filename: string; readonly sameAs: string }[];
  /** Documents whose names no rule mends: they stay. */
  readonly kept: readonly string[];
  /** The commit that did it. */
  readonly commit?: number | undefined;
}

/**
 * Gives documents clean names: without invisible characters, Unicode hyphens, stray folders such as `bank/`, or spaces around a part. Where the clean
 * name is taken by another text, the document gets a name of its own; the only copy of a text is never removed. One commit, which can be undone.
 * Cost: as reading the bank, then see {@link change}.
 * @throws {@link SpaceNotFoundError}
 */
export type RepairNames = (input: RepairNamesInput) => Promise<RepairedNames>;

const inputSchema = z.strictObject({
  space: spaceId,
  dryRun: z.boolean().default(false),
  actor: agentName.default(LIBRARY),
});

/** See {@link RepairNames}. */
export function createRepairNames(parts: Parts): RepairNames {
  return async function repairNames(input) {
    const { space: id, dryRun, actor } = validate(inputSchema, input);
    const space = parts.open(id);
    if (dryRun) return planOf((await currentHead(parts, space)).commit);
    // Looking first takes edits by hand into the log.
    await readTexts(parts, space, 'bank');
    let plan: RepairedNames = { renamed: [], removed: [], kept: [] };
    const made = await change(parts, space, {
      op: parts.newId(),
      async propose(head) {
        plan = planOf(head);
        return draftOf(space, head, plan, actor);
      },
    });
    return { ...plan, ...(made ? { commit: made.n } : {}) };
  };
}

/** What to do about each name that is not as it should be. No request. */
function planOf(head: Commit): RepairedNames {
  const names = Object.keys(head.bank).flatMap((path) => filenameOfPath(path) ?? []);
  const taken = new Map(names.filter(isFit).map((name) => [name, head.bank[pathOfFilename(name)]?.sha256]));
  const renamed: { from: string; to: string }[] = [];
  const removed: { filename: string; sameAs: string }[] = [];
  const kept: string[] = [];
  for (const from of names.filter((name) => !isFit(name)).toSorted()) {
    const sha256 = head.bank[pathOfFilename(from)]?.sha256;
    const clean = cleanName(from);
    if (!isFit(clean)) kept.push(from);
    else if (taken.get(clean) === sha256) removed.push({ filename: from, sameAs: clean });
    else {
      const to = freeName(clean, taken);
      renamed.push({ from, to });
      taken.set(to, sha256);
    }
  }
  return { renamed, removed, kept };
}

/** Allowed, and without look-alikes of a hyphen or a space, which models write and nobody can type. */
function isFit(name: string): boolean {
  return documentName.safeParse(name).success && !/[\u2010\u2011\u2212]|(?! )\p{Zs}/u.test(name);
}

function cleanName(name: string): string {
  const visible = name
    .replaceAll(/[\p{Cf}\p{Co}\p{Cs}\p{Cc}]/gu, '')
    .replaceAll(/[\u2010\u2011\u2212]/g, '-')
    .replaceAll(/\p{Zs}/gu, ' ')
    .replaceAll('\\', '/');
  const parts = visible.split('/').map((part) => part.trim());
  return parts
    .filter((part) => part !== '' && part !== '.')
    .join('/')
    .replace(/^(?:(?:bank|memory[_-]bank)\/)+/i, '');
}

/** The name, or the first of `name-2.md`, `name-3.md`… that no document has, nor any that a file system would take for it. */
function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  const isFree = (one: string): boolean => !taken.has(one) && clashingName(one, taken.keys()) === undefined;
  let free = name;
  for (let number = 2; !isFree(free); number++) free = name.replace(/\.md$/, `-${number}.md`);
  return free;
}

async function draftOf(
  space: OpenSpace,
  head: Commit,
  { renamed, removed }: RepairedNames,
  actor: string,
): Promise<Draft | undefined> {
  const gone = [...renamed.map(({ from }) => from), ...removed.map(({ filename }) => filename)].map(pathOfFilename);
  if (gone.length === 0) return undefined;
  const before = await readTextsAsOf(space, head, gone);
  const docs = new Map<string, string | null>();
  for (const path of before.keys()) docs.set(path, null);
  for (const { from, to } of renamed) {
    const text = before.get(pathOfFilename(from));
    if (text !== undefined) docs.set(pathOfFilename(to), text);
  }
  const same = removed.map(({ sameAs }) => pathOfFilename(sameAs));
  return { kind: 'repair', actor, docs, before, restsOn: same };
}
