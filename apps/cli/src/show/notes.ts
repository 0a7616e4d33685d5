import { counted } from '../ago.ts';
import type { Page } from '../page.ts';
import type { AnswerOf } from './answers.ts';

type Notes = AnswerOf<'live_read'>;
type Note = Notes['notes'][number];

/** Notes, whole. */
export function showNotes(answer: Notes, page: Page): string {
  const shown = answer.notes.map((note) => `${headOf(note, page)}\n${page.indented(note.content)}`);
  return [shown.join('\n\n') || 'No notes.', ...restOf(answer, page)].join('\n\n');
}

/** Notes, as far as they match. */
export function showHits(answer: AnswerOf<'live_search'>, page: Page): string {
  const shown = answer.notes.map((note) => `${headOf(note, page)}\n${page.indented(note.snippet)}`);
  return [shown.join('\n\n') || 'No note holds that text.', ...restOf(answer, page)].join('\n\n');
}

function headOf({ category, agent, timestamp, tags }: Note, page: Page): string {
  const { paint } = page;
  const signed = `${page.text(agent)} · ${page.ago(timestamp)}${tags.length > 0 ? ` · ${page.text(tags.join(', '))}` : ''}`;
  return `${paint.bold(paint.name(category))} ${paint.dim(`· ${signed}`)}`;
}

function restOf(
  { notes, total, next_cursor, unreadable = [], ...answer }: Omit<Notes, 'status'>,
  page: Page,
): string[] {
  const { paint } = page;
  const damaged = unreadable.map(({ filename, reason }) => `${paint.warn('!')} ${page.text(`${filename}: ${reason}`)}`);
  const more = answer.total_exact === false ? `${total} or more` : `${total}`;
  const rest = answer.has_more
    ? [paint.dim(`${counted(notes.length, 'note')} of ${more}; go on with --cursor ${next_cursor ?? ''}`)]
    : [];
  return [...(damaged.length > 0 ? [damaged.join('\n')] : []), ...rest];
}
