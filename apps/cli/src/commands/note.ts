import type { Command } from 'commander';
import type { Session } from '../session.ts';
import { addNoteGc } from './note-gc.ts';
import { addNoteImport } from './note-import.ts';
import { addNoteRead } from './note-read.ts';
import { addNoteSearch } from './note-search.ts';
import { addNoteWrite } from './note-write.ts';

/** `live-mem note …` */
export function noteCommands(program: Command, session: Session): void {
  const note = program.command('note').helpCommand(false).description('Leaves notes, reads and searches them.');
  addNoteWrite(note, session);
  addNoteRead(note, session);
  addNoteSearch(note, session);
  addNoteImport(note, session);
  addNoteGc(note, session);
}
