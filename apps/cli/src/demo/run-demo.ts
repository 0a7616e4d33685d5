import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ownerCaller } from '@live-mem/core';
import { liveImport } from '@live-mem/tools';
import { type Composition, compose, readSettings } from '@live-mem/wiring';
import { CANNOT_WRITE, CommandError } from '../command-error.ts';
import type { Io } from '../io.ts';
import type { Session } from '../session.ts';
import type { AnswerOf } from '../show/answers.ts';
import { placeOf } from './place-of.ts';

const ACTOR = 'demo';

/** What the demonstration did. */
export interface DemoAnswer {
  readonly status: AnswerOf<'bank_consolidate'>['status'];
  /** That holds the memory, where a folder does. */
  readonly folder?: string;
  /** The memory is the one of the settings, not one of its own. */
  readonly configured: boolean;
  readonly space_id: string;
  readonly notes: readonly (AnswerOf<'live_read'>['notes'][number] & {
    /** Document and heading that hold the note now. */
    readonly place: string;
  })[];
  readonly report: AnswerOf<'bank_consolidate'>;
  readonly files: AnswerOf<'bank_read_all'>['files'];
}

/** Where the demonstration takes place. */
export interface DemoOptions {
  /** A folder, new or empty; absent: a new one among the temporary files. */
  readonly into?: string | undefined;
  /** In the memory of the settings instead. */
  readonly configured: boolean;
  /** Id of the space, which must be new. */
  readonly space: string;
}

/**
 * Imports the example notes into a new space and consolidates them: in a folder of its own and without a model, whatever the
 * settings say; or with all that the settings name. Nothing is deleted afterwards.
 */
export async function runDemo(session: Session, options: DemoOptions): Promise<DemoAnswer> {
  const { configured } = options;
  const { memory, tools, settings } = configured ? await session.open() : await composeApart(session, options.into);
  const { store } = settings;
  const space = { space_id: options.space };
  const context = { caller: ownerCaller(ACTOR) };
  const description = 'The notes of the demonstration';
  const { status } = await tools.space_create.call(memory, { ...space, description }, context);
  if (status === 'already_exists') throw spaceExists(options.space);
  const lines = (await exampleNotes()).split('\n');
  await liveImport.call(memory, { ...space, lines }, context);
  // Oldest first, as they are consolidated.
  const notes = (await tools.live_read.call(memory, { ...space, limit: 500 }, context)).notes.toReversed();
  const report = await tools.bank_consolidate.call(memory, space, context);
  const { files } = await tools.bank_read_all.call(memory, space, context);
  const placed = notes.map((note) => ({
    ...note,
    place: placeOf(note.filename, files) ?? fateOf(note.filename, report),
  }));
  const kept = store.kind === 'folder' ? { folder: store.folder } : {};
  return { status: report.status, ...kept, configured, ...space, notes: placed, report, files };
}

async function composeApart(session: Session, into: string | undefined): Promise<Composition> {
  const { io } = session;
  const folder = await folderFor(io, into);
  const variables = { LIVE_MEM_DATA: folder, LIVE_MEM_STORE: 'folder', LIVE_MEM_CONSOLIDATOR: 'outline' };
  return compose(readSettings({ variables, folder: io.folder }), { logger: await session.logger() });
}

function spaceExists(space: string): CommandError {
  const message = `there is a space ${JSON.stringify(space)} already: name another one, which must be new, with --space <id>`;
  return new CommandError('SPACE_NOT_NEW', message);
}

/** In the package; in the repository, where the examples are. */
async function exampleNotes(): Promise<string> {
  try {
    return await readFile(new URL('../../demo/notes.jsonl', import.meta.url), 'utf8');
  } catch {
    return readFile(new URL('../../../../examples/notes.jsonl', import.meta.url), 'utf8');
  }
}

async function folderFor(io: Io, into: string | undefined): Promise<string> {
  if (into === undefined) return newFolder();
  const folder = resolve(io.folder, into);
  if ((await entriesOf(folder)).length > 0) {
    throw new CommandError('FOLDER_NOT_EMPTY', `${folder} is not empty: name a new folder, or leave --into out`);
  }
  return folder;
}

async function newFolder(): Promise<string> {
  try {
    return await mkdtemp(join(tmpdir(), 'live-mem-demo-'));
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    const message = `no folder can be made in ${tmpdir()} (${code}): name another with TMPDIR, or a folder with --into`;
    throw new CommandError(CANNOT_WRITE, message, { cause });
  }
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new CommandError('FOLDER_UNUSABLE', `${folder} cannot be used (${code ?? 'unknown'}): name another one`, {
      cause,
    });
  }
}

function fateOf(filename: string, report: AnswerOf<'bank_consolidate'>): string {
  const left = [...report.notes_discarded, ...report.notes_set_aside].find((note) => note.filename === filename);
  return left === undefined ? 'the bank' : `nowhere: ${left.reason}`;
}
