import type { StoreCopy } from '@live-mem/core';
import { CANCELLED, CommandError } from '../command-error.ts';
import { openPage } from '../page.ts';
import type { Session } from '../session.ts';
import { openPlace, type Place } from './open-place.ts';
import { refuseNested } from './refuse-nested.ts';

/** What is to be copied where. */
export interface CopyOptions {
  readonly from?: string;
  readonly to?: string;
  readonly overwrite?: boolean;
  readonly yes?: boolean;
}

/** What a copy did. */
export interface CopyAnswer {
  readonly status: 'ok' | 'partial';
  readonly from: string;
  readonly to: string;
  readonly objects: number;
  /** Bytes. */
  readonly total_size: number;
  readonly copied: number;
  readonly already_there: number;
  readonly deleted: number;
  readonly unreadable: readonly string[];
  readonly rounds: number;
  readonly verified: number;
  readonly changed_meanwhile: number;
}

/** Copies a store into another one, as the options of the command say. */
export async function runCopy(session: Session, options: CopyOptions): Promise<CopyAnswer> {
  const { from, to, overwrite = false, yes = false } = options;
  if (from === undefined && to === undefined)
    throw new CommandError('USAGE', 'takes --from, --to, or both: the one left out is the store of your settings');
  const places = { from: await openPlace(session, from, 'from'), to: await openPlace(session, to, 'to') };
  await refuseNested(places.from, places.to);
  if (!overwrite) return copy(session, places, false);
  return yes ? copy(session, places, true) : copyAsking(session, places);
}

/** Asks only where something would be lost, and can say then what. */
async function copyAsking(session: Session, places: Places): Promise<CopyAnswer> {
  const { StoreNotEmptyError } = await import('@live-mem/core');
  try {
    return await copy(session, places, false);
  } catch (error) {
    if (!(error instanceof StoreNotEmptyError)) throw error;
    const { foreign, differing } = error;
    const [gone, over] = [foreign.length, differing.length];
    const deletes = `deletes ${gone} of its objects, which the source has not`;
    await confirm(
      session,
      `this ${gone > 0 ? `${deletes}, and ` : ''}writes over ${over}: the target becomes equal to the source`,
    );
  }
  return copy(session, places, true);
}

async function confirm({ io, json }: Session, effect: string): Promise<void> {
  const code = 'CONFIRMATION_NEEDED';
  if (json || !io.stdinIsTerminal || !io.stderr.isTerminal)
    throw new CommandError(code, `nothing was changed. ${effect}; add --yes to do it`);
  const answer = await io.ask(`${openPage(io, io.stderr).prose(`${effect}. Do it? [y/N]`)} `);
  if (answer === undefined) throw new CommandError(CANCELLED, 'interrupted: nothing was changed');
  if (!/^y(es)?$/i.test(answer.trim())) throw new CommandError(code, 'nothing was changed');
}

type Places = Readonly<Record<'from' | 'to', Place>>;

async function copy(session: Session, { from, to }: Places, overwrite: boolean): Promise<CopyAnswer> {
  const { copyStore } = await import('@live-mem/core');
  const done = await session.follow({ doing: 'Copying', things: 'objects' }, stopped, ({ signal, onProgress }) =>
    copyStore({ from: from.store, to: to.store, overwrite, signal, onProgress }),
  );
  return answerOf(done);
}

function answerOf({ complete, alreadyThere, changedMeanwhile, bytes, ...copied }: StoreCopy): CopyAnswer {
  return {
    status: complete ? 'ok' : 'partial',
    ...copied,
    total_size: bytes,
    already_there: alreadyThere,
    changed_meanwhile: changedMeanwhile,
  };
}

function stopped(): string {
  return 'interrupted: what was copied stays; run the same command again to go on';
}
