import { z } from 'zod';
import type { Parts } from '../log/open-space.ts';
import { validate } from '../validate.ts';
import { documentsOfFrozen, type FrozenSpace, freezeSpace, notesOfFrozen } from './freeze-space.ts';
import { maskedMeta } from './masked-meta.ts';
import { spaceId } from './space.ts';
import type { SpaceFile, SpaceFiles } from './space-file.ts';

/** A space as of one commit. */
export interface ExportedSpace extends SpaceFiles {
  /** 0 where the space has no log. */
  readonly commit: number;
}

/**
 * All files of a space as of one moment, for other programs: what is said of it, rules, synthesis, documents, live notes. Secrets of
 * `_meta.json` are masked. Files are read while they are taken; one that changes meanwhile is told as it was.
 *
 * Cost: see {@link freezeSpace}, then a GET for each file, notes 100 at once.
 * @throws {@link SpaceNotFoundError}
 */
export type ExportSpace = (input: { readonly space: string }) => Promise<ExportedSpace>;

const inputSchema = z.strictObject({ space: spaceId });

/** See {@link ExportSpace}. */
export function createExportSpace(parts: Parts): ExportSpace {
  return async function exportSpace(input) {
    const space = parts.open(validate(inputSchema, input).space);
    const frozen = await freezeSpace(parts, space);
    const { head, logged, documents, notes, meta } = frozen;
    const filesCount = documents.length + notes.length + (meta === undefined ? 0 : 1);
    return { commit: logged ? head.n : 0, filesCount, files: filesOf(parts, frozen) };
  };
}

async function* filesOf(parts: Parts, frozen: FrozenSpace): AsyncGenerator<SpaceFile> {
  if (frozen.meta !== undefined) yield { path: '_meta.json', text: maskedMeta(frozen.meta) };
  yield* documentsOfFrozen(frozen);
  yield* notesOfFrozen(parts, frozen);
}
