import type { ErrorAnswer } from '@live-mem/tools';
import { CANCELLED, CommandError } from './command-error.ts';
import { exitCodeOf } from './exit-codes.ts';
import { openPage, type Page } from './page.ts';
import type { Session } from './session.ts';

interface Fault {
  readonly at: string;
  readonly message: string;
}

/** Tells what went wrong and what to do. @returns the exit code */
export async function fail(session: Session, error: unknown): Promise<number> {
  const answer = await answerOf(session, error);
  if (session.json) session.io.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  else session.io.stderr.write(`${sentences(answer, faultsOf(error), openPage(session.io, session.io.stderr))}\n`);
  return session.exitCode || exitCodeOf(answer);
}

async function answerOf(session: Session, error: unknown): Promise<ErrorAnswer> {
  if (error instanceof CommandError) return error.answer();
  const { answerOfError } = await import('@live-mem/tools');
  const answer = answerOfError(error);
  const logger = await session.logger();
  if (answer.code === 'INTERNAL') logger.error('unexpected error', { cause: error });
  else logger.debug('the command failed', { cause: error });
  return answer;
}

/** Where an error lists several faults, people read them better one by one. */
function faultsOf(error: unknown): readonly Fault[] {
  if (typeof error !== 'object' || error === null || !('faults' in error) || !Array.isArray(error.faults)) return [];
  return error.faults as readonly Fault[];
}

function sentences(
  { code, message, remedy }: ErrorAnswer,
  faults: readonly Fault[],
  { paint, prose, text }: Page,
): string {
  const lines =
    faults.length > 1
      ? [
          paint.bad(`error: ${faults.length} faults`),
          ...faults.map(({ at, message: fault }) => prose(`- ${at}: ${text(fault)}`)),
        ]
      : [prose(code === CANCELLED ? text(message) : `${paint.bad('error:')} ${text(message)}`)];
  const hint = hints[code] ?? hints[remedy] ?? '';
  return [...lines, ...(hint === '' ? [] : [paint.dim(prose(hint))])].join('\n');
}

const hints: Readonly<Record<string, string>> = {
  SPACE_NOT_FOUND: 'live-mem space list shows the spaces, live-mem space create SPACE makes one.',
  DOCUMENT_NOT_FOUND:
    'live-mem bank list SPACE shows the documents there are, live-mem bank history SPACE those there were.',
  BACKUP_NOT_FOUND: 'live-mem backup list shows the backups.',
  TOKEN_NOT_FOUND: 'live-mem token list shows the tokens.',
  SPACE_EXISTS: 'live-mem backup restore BACKUP --as OTHER restores it beside the space.',
  STORE_NOT_EMPTY: 'live-mem store copy … --overwrite makes the target equal to the source.',
  BACKUP_DAMAGED: 'live-mem backup verify BACKUP tells all that is wrong with it.',
  COMMIT_NOT_FOUND: 'live-mem bank history SPACE shows the commits.',
  WRITE_CONFLICT: 'Somebody else was faster: look again, then repeat the command.',
  CANCELLED: '',
  'try-later': 'Nothing is wrong with the command: repeat it after a while.',
  'fix-setup': 'live-mem doctor tries every part of the setup.',
  report: 'live-mem doctor names what is damaged. With LIVE_MEM_LOG=debug the log says more.',
};
