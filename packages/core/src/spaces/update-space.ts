import { z } from 'zod';
import { existingHead } from '../log/existing-head.ts';
import type { Parts } from '../log/open-space.ts';
import { describeSpace } from '../log/space-meta.ts';
import { validate } from '../validate.ts';
import { spaceDescription, spaceId, spaceOwner } from './space.ts';

/** What {@link UpdateSpace} takes. Absent: unchanged; empty: cleared. */
export interface UpdateSpaceInput {
  readonly space: string;
  /** One line, at most 500 characters. */
  readonly description?: string | undefined;
  /** For people; it gives no rights. */
  readonly owner?: string | undefined;
}

/**
 * Says something else of a space. It is in `_meta.json`, as with the Python service; fields of other programs stay.
 * Cost: see {@link describeSpace}; 3 round trips warm.
 * @throws {@link SpaceNotFoundError}
 * @throws {@link UnreadableObjectError} `_meta.json` is damaged
 */
export type UpdateSpace = (input: UpdateSpaceInput) => Promise<{ readonly updatedFields: readonly string[] }>;

const inputSchema = z.strictObject({
  space: spaceId,
  description: spaceDescription.optional(),
  owner: spaceOwner.optional(),
});

/** See {@link UpdateSpace}. */
export function createUpdateSpace(parts: Parts): UpdateSpace {
  return async function updateSpace(input) {
    const { space: id, description, owner } = validate(inputSchema, input);
    const space = parts.open(id);
    const said = Object.fromEntries(Object.entries({ description, owner }).filter(([, text]) => text !== undefined));
    const updatedFields = Object.keys(said);
    if (updatedFields.length > 0) await describeSpace(parts, space, said);
    else await existingHead(parts, space);
    return { updatedFields };
  };
}
