import type { Scenario } from '../exploring/explore.ts';
import {
  deletingBeforeCommit,
  forgettingRequests,
  ignoringAbsent,
  ignoringVersions,
  listingLate,
  listingLogFirst,
  readingHintLast,
} from './broken-stores.ts';
import { newcomerBesideUndo, summaryBesideConsolidation, twoConsolidations } from './consolidations.ts';
import { readerBesideTwoDocuments, twoWriters } from './documents.ts';
import { oneRequestTwice } from './notes.ts';
import { editBesideWriter } from './outside-edits.ts';

type Break = Exclude<Scenario['actors'][number]['through'], undefined>;

/** Scenarios that hold, with one rule broken: in none of them may all be well. */
export const mutants: readonly Scenario[] = [
  broken('creates over commits', twoWriters, ignoringAbsent),
  broken('replaces documents without a condition', editBesideWriter, ignoringVersions),
  broken('lists the log before the notes', summaryBesideConsolidation, listingLogFirst, 'R'),
  broken('reads the hint after the notes', newcomerBesideUndo, readingHintLast, 'R'),
  broken('does not list the newest commit', readerBesideTwoDocuments, listingLate, 'R'),
  broken('forgets what a request wrote', oneRequestTwice, forgettingRequests),
  broken('deletes notes before it commits', twoConsolidations, deletingBeforeCommit, 'C'),
];

function broken(what: string, scenario: Scenario, through: Break, only?: string): Scenario {
  const actors = scenario.actors.map((actor) =>
    only === undefined || actor.name === only ? { ...actor, through } : actor,
  );
  return { ...scenario, name: `${only ?? 'everybody'} ${what}: ${scenario.name}`, actors };
}
