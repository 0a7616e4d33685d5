import { counted } from '../ago.ts';
import type { Page } from '../page.ts';
import type { AnswerOf } from './answers.ts';

type Report = AnswerOf<'bank_consolidate'>;

/** What a consolidation did, and how to go on. */
export function reportOf(report: Report, page: Page, space: string): string {
  return [headOf(report, page), filesOf(report, page), ...troubles(report, page), next(report, page, space)]
    .filter((part) => part !== '')
    .join('\n');
}

function headOf({ status, dry_run, ...report }: Report, { paint }: Page): string {
  const mark = status === 'ok' ? paint.good('✓') : status === 'partial' ? paint.warn('!') : paint.bad('✗');
  const notes = counted(report.notes_processed, 'note');
  const took = report.duration_seconds < 0.05 ? '' : ` in ${report.duration_seconds.toFixed(1)} s`;
  if (report.notes_processed === 0 && status === 'ok')
    return `${mark} No live notes: there was nothing to consolidate.`;
  const commits = report.commits.length > 0 ? ` (${commitsOf(report.commits)})` : '';
  return dry_run
    ? `${mark} ${notes} would be consolidated${took}; nothing was written.`
    : `${mark} ${notes} consolidated${took}${commits}.`;
}

/** Batches follow one another, but others may commit between them. */
function commitsOf(commits: readonly number[]): string {
  const [first = 0, last = first] = [commits[0], commits.at(-1)];
  if (first === last) return `commit ${first}`;
  return last - first + 1 === commits.length ? `commits ${first} to ${last}` : `commits ${commits.join(', ')}`;
}

function filesOf(report: Report, page: Page): string {
  const rows = [
    ['created', report.bank_files_created],
    ['updated', report.bank_files_updated],
    ['deleted', report.bank_files_deleted],
  ] as const;
  const told = rows.flatMap(([fate, files]) =>
    files.length > 0 ? [[`  ${page.paint.dim(fate)}`, files.join(', ')]] : [],
  );
  if (report.llm_tokens_used > 0) told.push([`  ${page.paint.dim('tokens')}`, String(report.llm_tokens_used)]);
  return told.length > 0 ? page.table([], told) : '';
}

function troubles(report: Report, page: Page): string[] {
  const { paint } = page;
  const told = (mark: string, what: string, detail: string): string => `${mark} ${what}\n${page.indented(detail, 4)}`;
  return [
    ...report.notes_set_aside.map(({ filename, reason }) => told(paint.warn('!'), `${filename} stays live:`, reason)),
    ...report.notes_discarded.map(({ filename, reason }) => told(paint.dim('-'), `${filename} was discarded:`, reason)),
    ...report.warnings.map(({ kind, detail }) => told(paint.warn('!'), `${kind.replaceAll('_', ' ')}:`, detail)),
  ];
}

function next({ status, dry_run, commits, warnings }: Report, { paint }: Page, space: string): string {
  if (warnings.some(({ kind }) => kind === 'cancelled')) {
    return `  What is written stays. To go on: ${paint.name(`live-mem bank consolidate ${space}`)}`;
  }
  const [first] = commits;
  if (first === undefined || dry_run || status === 'failed') return '';
  const look = paint.name(`live-mem bank read ${space}`);
  return `  Next: ${look}, or ${paint.name(`live-mem bank diff ${space} ${first}`)}`;
}
