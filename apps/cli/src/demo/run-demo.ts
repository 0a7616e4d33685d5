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

const SPACE = 'demo';
const ACTOR = 'demo';

/** What the demonstration did. */
export interface DemoAnswer {
  readonly status: AnswerOf<'bank_consolidate'>['status'];
  readonly folder: string;
  readonly space_id: string;
  readonly notes: readonly (AnswerOf<'live_read'>['notes'][number] & {
    /** Document and heading that hold the note now. */
    readonly place: string;
  })[];
  readonly report: AnswerOf<'bank_consolidate'>;
  readonly files: AnswerOf<'bank_read_all'>['files'];
}

/** Imports the example notes into a folder of their own and consolidates them without a model, whatever the settings say. */
export async function runDemo(session: Session, into: string | undefined): Promise<DemoAnswer> {
  const { io } = session;
  const folder = await folderFor(io, into);
  const variables = { LIVE_MEM_DATA: folder, LIVE_MEM_STORE: 'folder', LIVE_MEM_CONSOLIDATOR: 'outline' };
  const settings = readSettings({ variables, folder: io.folder });
  const { memory, tools } = await compose(settings, { logger: await session.logger() });
  const space = { space_id: SPACE };
  const context = { caller: ownerCaller(ACTOR) };
  await tools.space_create.call(memory, { ...space, description: 'The notes of the demonstration' }, context);
  const lines = (await exampleNotes()).split('\n');
  await liveImport.call(memory, { ...space, lines }, context);
  const notes = await allNotes({ memory, tools });
  const report = await tools.bank_consolidate.call(memory, space, context);
  const { files } = await tools.bank_read_all.call(memory, space, context);
  const placed = notes.map((note) => ({
    ...note,
    place: placeOf(note.filename, files) ?? fateOf(note.filename, report),
  }));
  return { status: report.status, folder, ...space, notes: placed, report, files };
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

/** Oldest first, as they are consolidated. */
async function allNotes({
  memory,
  tools,
}: Pick<Composition, 'memory' | 'tools'>): Promise<AnswerOf<'live_read'>['notes']> {
  const { notes } = await tools.live_read.call(memory, { space_id: SPACE, limit: 500 }, { caller: ownerCaller(ACTOR) });
  return notes.toReversed();
}

function fateOf(filename: string, report: AnswerOf<'bank_consolidate'>): string {
  const left = [...report.notes_discarded, ...report.notes_set_aside].find((note) => note.filename === filename);
  return left === undefined ? 'the bank' : `nowhere: ${left.reason}`;
}
