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
  /** The commit that did it; where several did, since the documents are large, the last one. */
  readonly commit?: number | undefined;
}

/**
 * Gives documents clean names: without invisible characters, Unicode hyphens, stray folders such as `bank/`, or spaces around a part. Where the clean
 * name is taken by another text, the document gets a name of its own; the only copy of a text is never removed. One commit, which can be
 * undone; several where the documents take more than 2.5 MiB. What somebody put into the bank by hand since it was last read is repaired, but
 * a dry run does not know of it.
 * Cost: as reading the bank, then the texts in question, and see {@link change}.
 * @throws {@link SpaceNotFoundError}
 */
export type RepairNames = (input: RepairNamesInput) => Promise<RepairedNames>;

/** Bytes of text in one commit: JSON may make six of each, and a commit holds 16 MiB. */
const MAX_BYTES = 2.5 * 1024 * 1024;

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
    if (dryRun) return told(planOf((await currentHead(parts, space)).commit), undefined);
    // Looking first takes edits by hand into the log.
    const { head, logged } = await readTexts(parts, space, 'bank');
    const done: Step[] = [];
    let commit: number | undefined;
    for (;;) {
      let plan: Plan = { steps: [], kept: [] };
      const made = await change(parts, space, {
        op: parts.newId(),
        life: logged ? head.life : undefined,
        async propose(now) {
          plan = firstSteps(planOf(now), now);
          return draftOf(space, now, plan.steps, actor);
        },
      });
      if (!made) return told({ steps: done, kept: plan.kept }, commit);
      done.push(...plan.steps);
      commit = made.n;
    }
  };
}

interface Plan {
  readonly steps: readonly Step[];
  readonly kept: readonly string[];
}

/** A document gets another name, or goes where one of that name has the same text; earlier steps count as done. */
interface Step {
  readonly from: string;
  readonly to: string;
  readonly isCopy: boolean;
}

function told({ steps, kept }: Plan, commit: number | undefined): RepairedNames {
  return {
    renamed: steps.filter(({ isCopy }) => !isCopy).map(({ from, to }) => ({ from, to })),
    removed: steps.filter(({ isCopy }) => isCopy).map(({ from, to }) => ({ filename: from, sameAs: to })),
    kept,
    ...(commit === undefined ? {} : { commit }),
  };
}

/** What to do about each name that is not as it should be. No request. */
function planOf(head: Commit): Plan {
  const names = Object.keys(head.bank).flatMap((path) => filenameOfPath(path) ?? []);
  const taken = new Map(names.filter(isFit).map((name) => [name, head.bank[pathOfFilename(name)]?.sha256]));
  const steps: Step[] = [];
  const kept: string[] = [];
  for (const from of names.filter((name) => !isFit(name)).toSorted()) {
    const sha256 = head.bank[pathOfFilename(from)]?.sha256;
    const clean = cleanName(from);
    const isCopy = taken.get(clean) === sha256;
    const to = isCopy ? clean : freeName(clean, taken);
    if (isFit(to)) {
      steps.push({ from, to, isCopy });
      taken.set(to, sha256);
    } else kept.push(from);
  }
  return { steps, kept };
}

/** As many as one commit holds. */
function firstSteps({ steps, kept }: Plan, { bank }: Commit): Plan {
  let bytes = 0;
  const end = steps.findIndex(({ from, isCopy }, at) => {
    bytes += isCopy ? 0 : (bank[pathOfFilename(from)]?.size ?? 0);
    return at > 0 && bytes > MAX_BYTES;
  });
  return { steps: end < 0 ? steps : steps.slice(0, end), kept };
}

/** Allowed, and without look-alikes of a hyphen or a space, which models write and nobody can type. */
function isFit(name: string): boolean {
  return documentName.safeParse(name).success && !/[\u2010-\u2015\u2212]|(?! )\p{Zs}/u.test(name);
}

/** Accents, scripts and emoji stay; of emoji joined by an invisible character both parts do, since no name may hold that one. */
function cleanName(name: string): string {
  const visible = name
    .replaceAll(/[\p{Cf}\p{Co}\p{Cs}\p{Cc}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
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
  for (let number = 2; !isFree(free); number++) free = name.replace(/(?:\.md)?$/, `-${number}$&`);
  return free;
}

async function draftOf(
  space: OpenSpace,
  head: Commit,
  steps: readonly Step[],
  actor: string,
): Promise<Draft | undefined> {
  if (steps.length === 0) return undefined;
  const before = await readTextsAsOf(
    space,
    head,
    steps.map(({ from }) => pathOfFilename(from)),
  );
  const docs = new Map<string, string | null>();
  for (const { from, to, isCopy } of steps) {
    const text = before.get(pathOfFilename(from));
    if (text === undefined) continue;
    docs.set(pathOfFilename(from), null);
    if (!isCopy) docs.set(pathOfFilename(to), text);
  }
  // Whoever changes the other copy meanwhile makes this one the only one.
  const same = steps.filter(({ isCopy }) => isCopy).map(({ to }) => pathOfFilename(to));
  return { kind: 'repair', actor, docs, before, restsOn: same };
}
