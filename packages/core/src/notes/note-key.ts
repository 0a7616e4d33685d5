import { sha256Hex } from '../text.ts';
import { parseInstant } from './instant.ts';
import { type Category, categories } from './note.ts';

const FILENAME = new RegExp(`^(\\d{8}T\\d{6})_([A-Za-z0-9_-]*)_(${categories.join('|')})_([0-9a-f]{8})\\.md$`);

/** What the file name of a note tells. The agent's real name is in the note itself: this one may have lost characters. */
export interface NoteFilename {
  readonly stamp: string;
  readonly safeAgent: string;
  readonly category: Category;
  readonly unique: string;
}

/** Prefix of the keys of all notes of a space. */
export function livePrefix(space: string): string {
  return `${space}/live/`;
}

/** @param at milliseconds since the Unix epoch; keys sort by it, to the second */
export function noteFilename(at: number, agent: string, category: Category, unique: string): string {
  return `${keyStamp(at)}_${safeAgent(agent)}_${category}_${unique}.md`;
}

/** `YYYYMMDDTHHMMSS`, in UTC: how keys of notes begin. */
export function keyStamp(at: number): string {
  return new Date(at).toISOString().replace(/[-:]/g, '').slice(0, 15);
}

/** The moment a key stamp names, or undefined where it names none. */
export function instantOfStamp(stamp: string): number | undefined {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})$/.exec(stamp) ?? [];
  return parseInstant(`${y}-${mo}-${d}T${h}:${mi}:${s}Z`);
}

/** Undefined where it is no name of a note: sentinels such as `.keep`, and what people leave in the folder. */
export function parseNoteFilename(filename: string): NoteFilename | undefined {
  const [, stamp, agent, category, unique] = FILENAME.exec(filename) ?? [];
  if (stamp === undefined || agent === undefined || unique === undefined) return undefined;
  return { stamp, safeAgent: agent, category: category as Category, unique };
}

/** The agent's name as keys hold it; the Python service strips the same characters. */
function safeAgent(agent: string): string {
  return agent.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 100) || 'agent';
}

/** Whether a file under `live/` is a note by its name; others are not looked at. */
export function isNoteFilename(filename: string): boolean {
  return FILENAME.test(filename);
}

/** The new name of a note brought back by the operation `op`: a name that was consumed is never live again. */
export function restoredName(filename: string, op: string): string {
  return filename.replace(/_[0-9a-f]{8}\.md$/, `_${sha256Hex(op + filename).slice(0, 8)}.md`);
}
