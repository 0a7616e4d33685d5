import { z } from 'zod';
import { InvalidInputError } from '../errors.ts';
import { composeCommit } from '../log/compose-commit.ts';
import { isAlive } from '../log/existing-head.ts';
import type { Parts } from '../log/open-space.ts';
import { settleQuietly } from '../log/settle.ts';
import { metaKey, RULES } from '../log/space-keys.ts';
import { formatInstant } from '../notes/instant.ts';
import { agentName, LIBRARY } from '../notes/note.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
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
 * begins a new life.
 *
 * Cost: the hint, a listing and `_meta.json`, then 1 PUT and {@link settle}. 3 round trips to the decision.
 * @throws {@link InvalidInputError}
 */
export type CreateSpace = (input: CreateSpaceInput) => Promise<CreatedSpace>;

const inputSchema = z.strictObject({
  space: spaceId,
  description: spaceDescription.default(''),
  rules: spaceRules.default(''),
  owner: spaceOwner.default(''),
  actor: agentName.default(LIBRARY),
});

/** See {@link CreateSpace}. */
export function createCreateSpace(parts: Parts): CreateSpace {
  return async function createSpace(input) {
    const { space: id, description, owner, actor, ...given } = validate(inputSchema, input);
    const rules = rulesOf(given.rules);
    const space = parts.open(id);
    const now = await parts.storeTime();
    const head = await space.log.head();
    const exists = head ? isAlive(head) : (await parts.store.get(metaKey(id))) !== undefined;
    if (exists) return { status: 'already_exists' };
    const info = { description, owner, created_at: formatInstant(now) };
    const texts = new Map([[RULES, rules]]);
    const draft = { kind: 'create', actor, docs: texts, before: new Map(), space: info, life: parts.newId() } as const;
    const commit = composeCommit(
      { ...draft, totals: { consolidations: 0, notes: 0 } },
      { space, head, op: parts.newId(), now },
    );
    const decided = await space.log.append(commit);
    if (decided.op !== commit.op) return { status: 'already_exists' };
    await settleQuietly(parts, space, commit.n);
    return { status: 'created', rulesSize: utf8Length(rules), createdAt: info.created_at };
  };
}

/** @throws {@link InvalidInputError} no template of that name */
function rulesOf(given: string): string {
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
