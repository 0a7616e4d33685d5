import { z } from 'zod';
import { InvalidInputError, RestoreConflictError } from '../errors.ts';
import { appendChange } from '../log/append-change.ts';
import type { Commit, SpaceInfo } from '../log/commit.ts';
import type { Draft } from '../log/compose-commit.ts';
import { isAlive } from '../log/existing-head.ts';
import type { OpenSpace, Parts } from '../log/open-space.ts';
import { settleQuietly } from '../log/settle.ts';
import { metaKey, RULES } from '../log/space-keys.ts';
import { formatInstant } from '../notes/instant.ts';
import { agentName, LIBRARY } from '../notes/note.ts';
import { utf8Length } from '../text.ts';
import { closeSpace, isJustMade, openSpaceTo } from '../tokens/space-access.ts';
import { tokenHash } from '../tokens/token-hash.ts';
import { validate } from '../validate.ts';
import { clearSpace } from './clear-space.ts';
import { spaceDescription, spaceId, spaceOwner, spaceRules } from './space.ts';
import { defaultTemplate, rulesTemplates } from './templates.ts';

/** What {@link CreateSpace} takes. */
export interface CreateSpaceInput {
  /** Letters, digits, `-` and `_`; 1 to 64. */
  readonly space: string;
  /** One line, at most 500 characters. */
  readonly description?: string | undefined;
  /** Markdown, at most 50,000 characters; empty: the default rules; `template:NAME`: shipped ones. */
  readonly rules?: string | undefined;
  /** For people; it gives no rights. */
  readonly owner?: string | undefined;
  /** Hash of the token that asks, `sha256:` and 64 hexadecimal digits: it may enter the space, and make badges for it. */
  readonly creator?: string | undefined;
  /** Who asks. */
  readonly actor?: string | undefined;
}

/** Whether the call created the space. */
export type CreatedSpace =
  /** Nothing was changed: its rules are those it had. */
  | { readonly status: 'already_exists' }
  | {
      readonly status: 'created';
      /** Bytes of the rules. */
      readonly rulesSize: number;
      /** ISO 8601, by the store's clock. */
      readonly createdAt: string;
    };

/**
 * Creates a space: its first commit decides, so that of several callers at once exactly one creates it. An id that was deleted
 * begins a new life, in which nothing of the one before shows; no other token than the creator's may enter it.
 *
 * Cost: the registry of tokens beside the revocations, the hint, 3 listings and `_meta.json`, then 1 PUT and {@link settle}; 1 PUT more where
 * there are tokens, and {@link clearSpace} with 1 PUT where the id was deleted before. 7 round trips with the decision. With a creator, then
 * {@link openSpaceTo}.
 * @throws {@link InvalidInputError}
 * @throws {@link RestoreConflictError} a backup is being restored under the id
 */
export type CreateSpace = (input: CreateSpaceInput) => Promise<CreatedSpace>;

const inputSchema = z.strictObject({
  space: spaceId,
  description: spaceDescription.default(''),
  rules: spaceRules.default(''),
  owner: spaceOwner.default(''),
  creator: tokenHash.optional(),
  actor: agentName.default(LIBRARY),
});

/** See {@link CreateSpace}. */
export function createCreateSpace(parts: Parts): CreateSpace {
  return async function createSpace(input) {
    const { space: id, description, owner, creator, actor, ...given } = validate(inputSchema, input);
    const rules = rulesOf(given.rules);
    const space = parts.open(id);
    const isFree = async (): Promise<boolean> => !(await exists(parts, space));
    // Tokens that had the id of a space which was deleted must not enter the new one.
    if (!(await closeSpace(parts, id, isFree))) return joinOwn(parts, space, creator);
    const ended = await space.log.head();
    if (ended && isAlive(ended)) return joinOwn(parts, space, creator);
    if (ended) await clearAway(parts, space, ended);
    const info = { description, owner, created_at: formatInstant(await parts.storeTime()), ...withCreator(creator) };
    const draft: Draft = {
      kind: 'create',
      actor,
      docs: new Map([[RULES, rules]]),
      before: new Map(),
      space: info,
      life: parts.newId(),
      totals: { consolidations: 0, notes: 0 },
    };
    const made = await appendChange(parts, space, {
      op: parts.newId(),
      propose: async (head) => (head && head.n !== ended?.n ? undefined : draft),
    });
    if (!made) return joinOwn(parts, space, creator);
    await settleQuietly(parts, space, made.n);
    if (creator !== undefined) await openSpaceTo(parts, space, creator, draft.life);
    return { status: 'created', rulesSize: utf8Length(rules), createdAt: info.created_at };
  };
}

/** @throws {@link RestoreConflictError} somebody is making it */
async function exists({ store }: Parts, space: OpenSpace): Promise<boolean> {
  const head = await space.log.head();
  if (head?.kind === 'restoring') throw new RestoreConflictError(space.id);
  return head ? isAlive(head) : (await store.get(metaKey(space.id))) !== undefined;
}

/** Else what a deletion left would be taken for edits by hand, and whoever settles the new life would read the log of the old one. */
async function clearAway(parts: Parts, space: OpenSpace, ended: Commit): Promise<void> {
  await clearSpace(parts, space, ended);
  await space.log.settled(ended.n);
}

/** Whoever created the space may have died before its token could enter it. */
async function joinOwn(parts: Parts, space: OpenSpace, creator: string | undefined): Promise<CreatedSpace> {
  const head = await space.log.head();
  const about = head?.space;
  if (creator !== undefined && about?.creator === creator && (await isJustMade(parts, about.created_at)))
    await openSpaceTo(parts, space, creator, head?.life);
  return { status: 'already_exists' };
}

function withCreator(creator: string | undefined): Pick<SpaceInfo, 'creator'> {
  return creator === undefined ? {} : { creator };
}

/** Rules as they were given, or those shipped. @throws {@link InvalidInputError} no template of that name */
export function rulesOf(given: string): string {
  if (given.trim() === '') return rulesTemplates[defaultTemplate];
  const [, name] = /^template:(\S+)\s*$/.exec(given) ?? [];
  if (name === undefined) return given;
  const [, rules] = Object.entries(rulesTemplates).find(([known]) => known === name) ?? [];
  if (rules !== undefined) return rules;
  throw new InvalidInputError([
    {
      at: 'rules',
      message: `there is no template ${JSON.stringify(name)}: use one of ${Object.keys(rulesTemplates).join(', ')}`,
    },
  ]);
}
