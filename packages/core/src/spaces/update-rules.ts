import { z } from 'zod';
import { replaceText } from '../bank/write-document.ts';
import type { Parts } from '../log/open-space.ts';
import { RULES } from '../log/space-keys.ts';
import { agentName, LIBRARY } from '../notes/note.ts';
import { utf8Length } from '../text.ts';
import { validate } from '../validate.ts';
import { rulesOf } from './create-space.ts';
import { spaceId, spaceRules } from './space.ts';

/** What {@link UpdateRules} takes. */
export interface UpdateRulesInput {
  readonly space: string;
  /** Markdown, at most 50,000 characters; empty: the default rules; `template:NAME`: shipped ones. */
  readonly rules: string;
  /** Who asks. */
  readonly actor?: string | undefined;
}

/**
 * Gives a space other rules, which the next consolidation goes by. A commit like any other: it can be seen and undone.
 * Cost: as {@link WriteDocument}.
 * @throws {@link InvalidInputError}
 * @throws {@link SpaceNotFoundError}
 */
export type UpdateRules = (
  input: UpdateRulesInput,
) => Promise<{ readonly rulesSize: number; readonly commit?: number | undefined }>;

const inputSchema = z.strictObject({ space: spaceId, rules: spaceRules, actor: agentName.default(LIBRARY) });

/** See {@link UpdateRules}. */
export function createUpdateRules(parts: Parts): UpdateRules {
  return async function updateRules(input) {
    const { space, rules: given, actor } = validate(inputSchema, input);
    const rules = rulesOf(given);
    const { commit } = await replaceText(parts, parts.open(space), { path: RULES, after: rules }, () => ({
      kind: 'write',
      actor,
    }));
    return { rulesSize: utf8Length(rules), ...(commit ? { commit: commit.n } : {}) };
  };
}
