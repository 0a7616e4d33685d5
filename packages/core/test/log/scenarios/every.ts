import type { Scenario } from '../exploring/explore.ts';
import * as consolidations from './consolidations.ts';
import * as documents from './documents.ts';
import * as lostAnswers from './lost-answers.ts';
import * as notes from './notes.ts';
import * as outsideEdits from './outside-edits.ts';
import * as spaces from './spaces.ts';

/** Three processes with much to do each: minutes, for the torture command alone. */
export const large: ReadonlySet<Scenario> = new Set([
  consolidations.undoOfUnshown,
  consolidations.undoOfUnshownBesideReader,
  consolidations.consolidationsBesideNewcomer,
  documents.readerBesideUndoAndWriter,
  documents.threeWriters,
  documents.writersAndUndo,
  lostAnswers.writersLosingMoreAnswers,
  outsideEdits.editBesideTwoConsolidations,
]);

/** Short ones of two processes, where even the order in which parallel requests of a process are answered is told apart. */
export const inEveryOrder: readonly Scenario[] = [
  documents.twoWriters,
  documents.writerAndUndo,
  documents.twoUndos,
  documents.deletedAndWritten,
  documents.deletedTwice,
  documents.readerBesideUndo,
  consolidations.summaryBesideConsolidation,
  consolidations.twoConsolidations,
  consolidations.newcomerBesideUndo,
  consolidations.summaryBesideUndo,
  notes.oneRequestTwice,
  notes.importTwice,
  notes.retryAfterConsumption,
  outsideEdits.editBesideWriter,
  spaces.twoCreate,
];

const every = { documents, consolidations, notes, spaces, outsideEdits, lostAnswers };

/** By what they are about. */
export const scenarios: Readonly<Record<keyof typeof every, readonly Scenario[]>> = {
  documents: smallOnes(documents),
  consolidations: smallOnes(consolidations),
  notes: smallOnes(notes),
  spaces: smallOnes(spaces),
  outsideEdits: smallOnes(outsideEdits),
  lostAnswers: smallOnes(lostAnswers),
};

function smallOnes(found: Readonly<Record<string, Scenario>>): Scenario[] {
  return Object.values(found).filter((scenario) => !large.has(scenario));
}
