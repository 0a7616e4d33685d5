import { parse } from 'yaml';
import { z } from 'zod';
import { UnreadableObjectError } from '../errors.ts';
import { reasonOf } from '../validate.ts';
import { formatInstant, parseInstant } from './instant.ts';
import { agentName, categoryName, type Note } from './note.ts';

/** The beginning of a note: the line that opens its front matter, the lines of that, the line that closes it. */
export const FRONT_MATTER: RegExp = /^(\uFEFF?---\r?\n)([\s\S]*?)(\r?\n---[ \t]*(?:\r?\n|$))/;

const frontMatter = z.object({
  timestamp: z.string(),
  agent: agentName,
  category: categoryName,
  tags: z.union([z.array(z.string()), z.string().transform(tagsOfLine)]).default([]),
  life: z.string().optional(),
});

/** As people write them: `a, b`. */
function tagsOfLine(line: string): string[] {
  return line
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** The object a note is stored as: YAML front matter that JSON readers understand too, an empty line, the content as it is. */
export function encodeNote(note: Note, space: string): string {
  const { timestamp, agent, category, tags, life } = note;
  const fields = { timestamp, agent, category, tags, space_id: space, ...(life === undefined ? {} : { life }) };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `---\n${lines.join('\n')}\n---\n\n${note.content}`;
}

/**
 * Reads a note back, also one of the Python service or of a person with an editor.
 * @throws {@link UnreadableObjectError} no front matter, or one without a time, an agent or a category
 */
export function decodeNote(key: string, text: string): Note {
  const [whole, , front] = FRONT_MATTER.exec(text) ?? [];
  if (whole === undefined || front === undefined) throw new UnreadableObjectError(key, 'no front matter');
  const fields = frontMatter.safeParse(readFields(key, front));
  if (!fields.success) throw new UnreadableObjectError(key, reasonOf(fields.error));
  const at = parseInstant(fields.data.timestamp);
  if (at === undefined) throw new UnreadableObjectError(key, 'its timestamp is no ISO 8601 time');
  const content = text.slice(whole.length).replace(/^\r?\n/, '');
  return { ...fields.data, filename: key.slice(key.lastIndexOf('/') + 1), timestamp: formatInstant(at), content };
}

/** Like {@link decodeNote}; undefined where it is no note. */
export function noteOrUndefined(key: string, text: string): Note | undefined {
  try {
    return decodeNote(key, text);
  } catch (error) {
    if (error instanceof UnreadableObjectError) return undefined;
    throw error;
  }
}

function readFields(key: string, front: string): unknown {
  return readJsonLines(front) ?? readYaml(key, front);
}

/** Our own notes hold one JSON value a line: ten times as fast to read as YAML, which they are as well. */
function readJsonLines(front: string): unknown {
  const fields: Record<string, unknown> = {};
  for (const line of front.split(/\r?\n/)) {
    const [, name, value] = /^(\w+): (["[].*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) return undefined;
    try {
      fields[name] = JSON.parse(value);
    } catch {
      return undefined;
    }
  }
  return fields;
}

/** All values are texts: an agent named `007` is no number. */
function readYaml(key: string, front: string): unknown {
  try {
    return parse(front, { schema: 'failsafe', maxAliasCount: 0, logLevel: 'silent' });
  } catch (cause) {
    throw new UnreadableObjectError(key, 'its front matter is no YAML', { cause });
  }
}
