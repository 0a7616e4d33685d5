import { bytes } from '../ago.ts';
import type { Page } from '../page.ts';
import type { AnswerOf } from './answers.ts';

/** A text under its name. */
export function titled(name: string, text: string, { paint }: Page): string {
  const rule = '─'.repeat(Math.max(3, 74 - name.length));
  return `${paint.dim('──')} ${paint.bold(name)} ${paint.dim(rule)}\n\n${text.trimEnd()}`;
}

/** All documents. */
export function showBank({ files, unreadable = [] }: AnswerOf<'bank_read_all'>, page: Page): string {
  const shown = files.map(({ filename, content }) => titled(filename, page.text(content), page));
  if (files.length === 0 && unreadable.length === 0) return 'The bank is empty.';
  return [...shown, ...unreadableLines(unreadable, page)].join('\n\n');
}

/** Stored documents that cannot be read, as one block; none where all can. */
export function unreadableLines(
  unreadable: AnswerOf<'bank_read_all'>['unreadable'] = [],
  { paint, text }: Page,
): readonly string[] {
  const lines = unreadable.map(({ filename, reason }) => `${paint.warn('!')} ${text(`${filename}: ${reason}`)}`);
  return lines.length > 0 ? [lines.join('\n')] : [];
}

/** Names and sizes. */
export function showDocuments({ files }: AnswerOf<'bank_list'>, page: Page): string {
  if (files.length === 0) return 'The bank is empty.';
  const rows = files.map(({ filename, size, last_modified }) => [
    page.paint.bold(page.text(filename)),
    bytes(size),
    last_modified === undefined ? '' : page.ago(last_modified),
  ]);
  return page.table(['document', 'size', 'changed'], rows);
}

/** What changed. */
export function showHistory({ commits, next_cursor, unreadable = [] }: AnswerOf<'bank_history'>, page: Page): string {
  if (commits.length + unreadable.length === 0) return 'No changes yet.';
  const rows = commits.map(({ commit, kind, at, actor, notes, restored = 0, files, undoes }) => [
    page.paint.bold(String(commit)),
    undoes === undefined ? kind : `${kind} of ${undoes}`,
    page.ago(at),
    page.text(actor),
    [notes > 0 ? `${notes}` : '', restored > 0 ? `${restored} back` : ''].filter(Boolean).join(', '),
    page.text(files.join(', ')),
  ]);
  const more = next_cursor === undefined ? [] : [page.paint.dim(`go on with --cursor ${next_cursor}`)];
  const damaged = unreadable.map(({ commit, reason }) => `${page.paint.bad('✗')} ${commit}: ${page.text(reason)}`);
  return [page.table(['commit', 'change', 'when', 'who', 'notes', 'documents'], rows), ...damaged, ...more].join('\n');
}

/** A unified diff. */
export function showDiff({ diff }: AnswerOf<'bank_diff'>, page: Page): string {
  const { paint } = page;
  if (diff === '') return page.onScreen ? 'Nothing differs.' : '';
  if (!page.onScreen) return diff;
  const colour = (line: string): string => {
    if (/^(---|\+\+\+) /.test(line)) return paint.bold(line);
    if (line.startsWith('@@')) return paint.name(line);
    if (line.startsWith('+')) return paint.good(line);
    return line.startsWith('-') ? paint.bad(line) : line;
  };
  return page.text(diff).split('\n').map(colour).join('\n');
}
