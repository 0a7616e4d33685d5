import type { Command } from 'commander';
import type { Check } from '../doctor/check.ts';
import type { Page } from '../page.ts';
import type { Session } from '../session.ts';
import { examples } from './options.ts';

/** `live-mem doctor` */
export function addDoctor(program: Command, session: Session): void {
  program
    .command('doctor')
    .description(
      'Tries every part: settings, store, consolidator; every commit, document and note of every space. Says what is wrong and what to do.',
    )
    .addHelpText('after', examples('live-mem doctor', 'live-mem doctor --json'))
    .action(async () => {
      const { examine } = await import('../doctor/examine.ts');
      session.print(verdictOf(await examine(session)), showChecks);
    });
}

interface Verdict {
  readonly status: 'healthy' | 'degraded' | 'error';
  readonly code?: string;
  readonly message?: string;
  readonly remedy?: string;
  readonly checks: readonly Check[];
}

function verdictOf(checks: readonly Check[]): Verdict {
  const failed = checks.filter(({ result }) => result === 'fail');
  if (failed.length === 0)
    return { status: checks.some(({ result }) => result === 'warn') ? 'degraded' : 'healthy', checks };
  const message = `not in order: ${[...new Set(failed.map(({ part }) => part))].join(', ')}`;
  // Damaged objects are no fault of the setup.
  const remedy = failed.every(({ damaged }) => damaged) ? 'report' : 'fix-setup';
  return { status: 'error', code: 'NOT_IN_ORDER', message, remedy, checks };
}

function showChecks({ checks }: Verdict, page: Page): string {
  const { paint } = page;
  const marks = { ok: paint.good('ok'), warn: paint.warn('warn'), fail: paint.bad('fail') } as const;
  const rows = checks.map(({ result, part, detail, remedy }, at) => [
    marks[result],
    paint.bold(part),
    // What helps several in a row is said once, below the last.
    page.text(detail) +
      (remedy === undefined || remedy === checks[at + 1]?.remedy ? '' : `\n${paint.dim(`→ ${remedy}`)}`),
  ]);
  return page.table([], rows);
}
