import { bytes, counted } from '../ago.ts';
import type { Page } from '../page.ts';
import type { AnswerOf } from './answers.ts';
import { titled, unreadableLines } from './bank.ts';

/** All spaces. */
export function showSpaces({ spaces, unreadable = [] }: AnswerOf<'space_list'>, page: Page): string {
  const { paint } = page;
  const rows = spaces.map((space) => [
    paint.bold(space.space_id),
    String(space.live_notes_count),
    String(space.bank_files_count),
    space.created_at === undefined ? '' : page.ago(space.created_at),
    page.text(space.description),
  ]);
  if (rows.length === 0 && unreadable.length === 0)
    return `No spaces yet. ${paint.name('live-mem space create SPACE')} makes one.`;
  const table = rows.length > 0 ? [page.table(['space', 'notes', 'documents', 'created', 'description'], rows)] : [];
  const damaged = unreadable.map(({ space_id, reason }) => `${paint.bad('✗')} ${space_id}: ${page.text(reason)}`);
  return [...table, ...damaged].join('\n');
}

/** One space, in numbers. */
export function showSpace(info: AnswerOf<'space_info'>, page: Page): string {
  const { live, bank } = info;
  const span =
    live.oldest_note === undefined || live.newest_note === undefined
      ? ''
      : `, from ${page.ago(live.oldest_note)} to ${page.ago(live.newest_note)}`;
  const last = info.last_consolidation === undefined ? '' : `, the last one ${page.ago(info.last_consolidation)}`;
  const rows: [string, string | undefined][] = [
    ['space', page.paint.bold(info.space_id)],
    ['description', page.text(info.description) || undefined],
    ['owner', page.text(info.owner) || undefined],
    ['created', info.created_at && page.ago(info.created_at)],
    ['live notes', `${live.notes_count}${span}`],
    ['documents', `${bank.files_count}, ${bytes(bank.total_size)}`],
    ['', bank.files.join('\n') || undefined],
    ['consolidations', `${info.consolidation_count}${last}`],
    ['synthesis', info.synthesis_exists ? 'yes' : 'not yet'],
  ];
  const told = rows.flatMap(([name, value]) => (value === undefined ? [] : [[page.paint.dim(name), value]]));
  return page.table([], told);
}

/** All that is needed to start. */
export function showSummary(summary: AnswerOf<'space_summary'>, page: Page): string {
  const { live, bank_files: documents } = summary;
  const waiting = `${counted(live.notes_count, 'live note')}, ${counted(documents.length, 'document')}`;
  const head = [page.paint.bold(summary.space_id), page.text(summary.description), page.paint.dim(waiting)];
  return [
    head.filter((line) => line !== '').join('\n'),
    titled('rules', page.text(summary.rules), page),
    ...(summary.synthesis === undefined ? [] : [titled('synthesis', page.text(summary.synthesis), page)]),
    ...documents.map(({ filename, content }) => titled(filename, page.text(content), page)),
    ...unreadableLines(summary.unreadable, page),
  ].join('\n\n');
}
