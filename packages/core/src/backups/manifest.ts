import { z } from 'zod';
import { NewerFormatError, UnreadableObjectError } from '../errors.ts';
import { parseJson } from '../json.ts';
import type { SpaceInfo, Totals } from '../log/commit.ts';
import { isSpacePath } from '../spaces/space-file.ts';
import { reasonOf } from '../validate.ts';

/** What this version writes, and the newest it reads. */
const FORMAT = 1;

const sha = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);
const path = z.string().refine(isSpacePath, 'is no file of a space');

const schema: z.ZodType<Manifest> = z.object({
  format: z.literal(FORMAT),
  backup_id: z.string(),
  space_id: z.string(),
  commit: count,
  life: z.string().optional(),
  continues: z.array(z.string()),
  at: z.string(),
  actor: z.string(),
  description: z.string(),
  space: z.object({ description: z.string(), owner: z.string(), created_at: z.string() }),
  totals: z.object({ consolidations: count, notes: count, last_consolidation: z.string().optional() }),
  files: z.record(path, z.object({ sha256: sha, size: count })),
});

/** What a backup holds: the object `_manifest.json`, written last. Field names are the stored ones. */
export interface Manifest {
  readonly format: typeof FORMAT;
  readonly backup_id: string;
  readonly space_id: string;
  /** The commit whose state it is; 0: the space had no log. */
  readonly commit: number;
  /** Of the space then; absent where it had no log. */
  readonly life?: string | undefined;
  /** Lives that one went on from. */
  readonly continues: readonly string[];
  /** ISO 8601, by the store's clock. */
  readonly at: string;
  readonly actor: string;
  readonly description: string;
  readonly space: SpaceInfo;
  readonly totals: Totals;
  /** By path inside the space. */
  readonly files: Readonly<Record<string, ManifestFile>>;
}

/** One file of a backup. */
export interface ManifestFile {
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

/** As it is stored. */
export function encodeManifest(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 1)}\n`;
}

/**
 * @throws {@link UnreadableObjectError} no manifest, or one that was cut
 * @throws {@link NewerFormatError} one of a later version
 */
export function decodeManifest(key: string, text: string): Manifest {
  const json = parseJson(key, text);
  const { format } = z.object({ format: z.number() }).catch({ format: 0 }).parse(json);
  if (format > FORMAT) throw new NewerFormatError(key, format);
  const read = schema.safeParse(json);
  if (!read.success) throw new UnreadableObjectError(key, reasonOf(read.error));
  return read.data;
}

/** Bytes of all files. */
export function sizeOf({ files }: Manifest): number {
  return Object.values(files).reduce((sum, { size }) => sum + size, 0);
}
