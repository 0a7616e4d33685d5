import type { z } from 'zod';
import { lineOfText, storableText } from '../notes/note.ts';
import { utf8Length } from '../text.ts';

const MAX_DOCUMENT_BYTES = 2 * 1024 * 1024;
const MAX_NAME_BYTES = 512;
const MAX_SEGMENT_BYTES = 255;

const isSegment = (segment: string): boolean =>
  segment !== '' &&
  segment !== '.' &&
  segment !== '..' &&
  segment === segment.trim() &&
  utf8Length(segment) <= MAX_SEGMENT_BYTES;

/** Words that a name may begin with when somebody means the stored key. */
const STRAY_PREFIX = /^(?:bank|memory[_-]bank)\//i;
const TAKEN: readonly string[] = ['_synthesis.md', '_rules.md'];

/**
 * The name of a document inside the bank: `progress.md`, `team/notes.md`. Ends in `.md`; no empty, `.` or `..` segment, no
 * backslash, no invisible characters; no folder that ends in `.md`, since a folder store keeps documents as files; at most 512 bytes,
 * 255 each segment (what file systems hold).
 */
export const documentName: z.ZodType<string> = lineOfText
  .refine(
    (name) => name.endsWith('.md') && !/(?:^|\/)\.md$/.test(name),
    'ends in .md after a name, for instance progress.md',
  )
  .refine(
    (name) => name.split('/').every(isSegment),
    'stays inside the bank: no leading /, no empty, . or .. part, no space around a part',
  )
  .refine(
    (name) => !/[\\:*?"<>|]/.test(name),
    'holds a character that not every file system can hold: \\ : * ? " < > |',
  )
  .refine((name) => !/[\p{Cf}\p{Co}\p{Cs}]/u.test(name), 'holds an invisible character')
  .refine((name) => !/\.md\//i.test(name), 'has a folder that is named like a document')
  .refine((name) => !STRAY_PREFIX.test(name), 'is the name inside the bank: leave the first folder out')
  .refine((name) => !TAKEN.includes(name), 'is the name of what stands beside the bank')
  .refine((name) => utf8Length(name) <= MAX_NAME_BYTES, `is longer than ${MAX_NAME_BYTES} bytes`);

/** Any text, also an empty one, at most 2 MiB as UTF-8. */
export const documentText: z.ZodType<string> = storableText.refine(
  (text) => utf8Length(text) <= MAX_DOCUMENT_BYTES,
  `is longer than ${MAX_DOCUMENT_BYTES} bytes: split the document`,
);

/**
 * One of the names that a file system may take for this new one, or for a folder of it: they differ by letter case or Unicode form
 * alone. Undefined where there is none.
 */
export function clashingName(filename: string, names: Iterable<string>): string | undefined {
  const parts = filename.split('/');
  for (const name of names) if (clash(parts, name.split('/'))) return name;
  return undefined;
}

function clash(one: readonly string[], other: readonly string[]): boolean {
  for (const [index, part] of one.entries()) {
    if (part === other[index]) continue;
    return folded(part) === folded(other[index] ?? '');
  }
  return false;
}

function folded(part: string): string {
  return part.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD');
}
