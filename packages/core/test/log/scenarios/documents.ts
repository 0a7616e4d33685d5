import type { Scenario } from '../exploring/explore.ts';
import { audit } from '../judging/audit.ts';
import { all, changesOnce, mayFailWith, readsOneCommit, succeed } from '../judging/checks.ts';
import { bankReader, consolidating, deleter, twoDocuments, twoEdited, twoNotes, undoer, writer } from './parts.ts';

const [a, b] = [writer('A', 'x.md', 'a\n'), writer('B', 'x.md', 'b\n')];
/** The number that the first change made here has. */
const NEXT = 4;

export const twoWriters: Scenario = {
  name: 'two writers of one document',
  base: twoDocuments,
  actors: [a, b],
  check: all(changesOnce('A', 'B'), succeed('A', 'B')),
  audit,
};

export const threeWriters: Scenario = {
  ...twoWriters,
  name: 'three writers of one document',
  actors: [a, b, writer('C', 'x.md', 'c\n')],
  check: all(changesOnce('A', 'B', 'C'), succeed('A', 'B', 'C')),
};

export const writerAndUndo: Scenario = {
  name: 'a writer, and an undo of what it wrote',
  base: twoDocuments,
  actors: [a, undoer('U', NEXT)],
  check: all(changesOnce('A', 'U'), succeed('A'), mayFailWith('U', 'COMMIT_NOT_FOUND')),
  audit,
};

export const writersAndUndo: Scenario = {
  ...writerAndUndo,
  name: 'two writers of one document, and an undo of the first',
  actors: [a, b, undoer('U', NEXT)],
  check: all(changesOnce('A', 'B', 'U'), succeed('A', 'B'), mayFailWith('U', 'COMMIT_NOT_FOUND', 'UNDO_CONFLICT')),
};

export const twoUndos: Scenario = {
  name: 'two undos of one change',
  base: twoDocuments,
  actors: [undoer('U', NEXT - 1), undoer('V', NEXT - 1)],
  check: all(
    changesOnce('U', 'V'),
    mayFailWith('U', 'UNDO_CONFLICT'),
    mayFailWith('V', 'UNDO_CONFLICT'),
    ({ outcomes }) => {
      const done = [...outcomes.values()].filter((ended) => 'value' in ended).length;
      return done > 1 ? 'both were told that they undid it' : undefined;
    },
  ),
  audit,
};

export const readerBesideTwoDocuments: Scenario = {
  name: 'a reader beside a change of two documents',
  base: twoNotes,
  actors: [consolidating('C', 'x.md', 'y.md'), bankReader('R')],
  check: all(changesOnce('C'), succeed('C'), readsOneCommit('R')),
  audit,
};

export const readerBesideUndo: Scenario = {
  name: 'a reader beside an undo of a change of two documents',
  base: twoEdited,
  actors: [undoer('U', NEXT), bankReader('R')],
  check: all(changesOnce('U'), succeed('U'), readsOneCommit('R')),
  audit,
};

export const readerBesideUndoAndWriter: Scenario = {
  ...readerBesideUndo,
  name: 'a reader beside an undo of a change of two documents, and a writer of one of them',
  actors: [undoer('U', NEXT), writer('A', 'y.md', 'a\n'), bankReader('R')],
  check: all(changesOnce('U', 'A'), mayFailWith('U', 'UNDO_CONFLICT'), succeed('A'), readsOneCommit('R')),
};

export const readerBesideTwoWriters: Scenario = {
  ...twoWriters,
  name: 'a reader beside two writers of one document',
  actors: [a, b, bankReader('R')],
  check: all(changesOnce('A', 'B'), succeed('A', 'B'), readsOneCommit('R')),
};

export const deletedAndWritten: Scenario = {
  name: 'a document deleted by one and written again by another',
  base: twoDocuments,
  actors: [deleter('D', 'x.md'), writer('A', 'x.md', 'new\n')],
  check: all(changesOnce('D', 'A'), succeed('D', 'A')),
  audit,
};

export const deletedTwice: Scenario = {
  ...deletedAndWritten,
  name: 'a document deleted, written again by the same process, and deleted by another',
  actors: [
    {
      name: 'D',
      async does(hands) {
        await deleter('D', 'x.md').does(hands);
        await writer('W', 'x.md', 'new\n').does(hands);
      },
    },
    deleter('E', 'x.md'),
  ],
  check: all(
    changesOnce('D', 'W', 'E'),
    mayFailWith('D', 'DOCUMENT_NOT_FOUND'),
    mayFailWith('E', 'DOCUMENT_NOT_FOUND'),
  ),
};
