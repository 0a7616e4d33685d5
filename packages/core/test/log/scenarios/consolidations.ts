import type { Scenario } from '../exploring/explore.ts';
import { audit } from '../judging/audit.ts';
import { all, type Check, changesOnce, mayFailWith, once, succeed, summarizesOnce } from '../judging/checks.ts';
import {
  consolidating,
  counter,
  noteReader,
  oneFact,
  oneNote,
  summarizer,
  undoer,
  unshownFact,
  writer,
} from './parts.ts';

/** The number that the first change made here has. */
const NEXT = 3;
const [c, d] = [consolidating('C', 'x.md'), consolidating('D', 'y.md')];
const undo = undoer('U', NEXT);
const undone = mayFailWith('U', 'COMMIT_NOT_FOUND', 'UNDO_CONFLICT');
/** Several may find nothing to do; who was told that a note was processed has a commit. */
const factOnce: Check = all(once('fact'), changesAtMostOnce);

export const summaryBesideConsolidation: Scenario = {
  name: 'a summary beside a consolidation',
  base: oneNote,
  actors: [c, summarizer('R')],
  check: all(succeed('C'), factOnce, summarizesOnce('R', 'fact')),
  audit,
};

export const newcomerBesideConsolidation: Scenario = {
  ...summaryBesideConsolidation,
  name: 'a summary, by a process that just began, beside a consolidation',
  actors: [c, summarizer('R', true)],
};

export const notesBesideConsolidation: Scenario = {
  ...summaryBesideConsolidation,
  name: 'a reader of notes beside a consolidation',
  actors: [c, noteReader('R')],
  check: all(succeed('C', 'R'), factOnce),
};

export const twoConsolidations: Scenario = {
  name: 'two consolidations of one note into different documents',
  base: oneNote,
  actors: [c, d],
  check: all(succeed('C', 'D'), factOnce),
  audit,
};

export const consolidationAndUndo: Scenario = {
  name: 'a consolidation and its undo',
  base: oneNote,
  actors: [c, undo],
  check: all(succeed('C'), undone, factOnce, changesOnce('U')),
  audit,
};

export const newcomerBesideUndo: Scenario = {
  name: 'a process that just began and looks at the space beside an undo of a consolidation',
  base: oneFact,
  actors: [undoer('U', 3), counter('R', true)],
  check: all(succeed('U'), factOnce, summarizesOnce('R', 'fact')),
  audit,
};

export const summaryBesideUndo: Scenario = {
  ...newcomerBesideUndo,
  name: 'a summary beside an undo of a consolidation',
  actors: [undoer('U', 3), summarizer('R')],
};

export const undoneTwice: Scenario = {
  ...newcomerBesideUndo,
  name: 'an undo of a consolidation, beside another consolidation',
  actors: [undoer('U', 3), d],
  check: all(succeed('U', 'D'), factOnce),
};

export const undoBesideNewcomer: Scenario = {
  ...consolidationAndUndo,
  name: 'a consolidation, its undo, and a process that just began and looks at the space',
  actors: [c, undo, counter('R', true)],
  check: all(succeed('C'), undone, factOnce, summarizesOnce('R', 'fact')),
};

export const undoBesideSummary: Scenario = {
  ...undoBesideNewcomer,
  name: 'a consolidation, its undo, and a summary',
  actors: [c, undo, counter('R', false)],
};

export const undoOfUnshown: Scenario = {
  name: 'an undo of a consolidation whose writer died, beside another consolidation by a process that just began',
  base: unshownFact,
  actors: [undoer('U', NEXT), { ...d, cold: true }],
  check: all(succeed('U', 'D'), factOnce),
  audit,
};

export const undoOfUnshownBesideReader: Scenario = {
  ...undoOfUnshown,
  name: 'an undo of a consolidation whose writer died, and two that just began and look at the space',
  actors: [undoer('U', NEXT), summarizer('R', true), counter('Q', true)],
  check: all(succeed('U'), factOnce, summarizesOnce('R', 'fact'), summarizesOnce('Q', 'fact')),
};

export const consolidationsBesideNewcomer: Scenario = {
  name: 'two consolidations and a summary by a process that just began',
  base: oneNote,
  actors: [c, d, counter('R', true)],
  check: all(succeed('C', 'D'), factOnce, summarizesOnce('R', 'fact')),
  audit,
};

export const consolidationBesideWriter: Scenario = {
  name: 'a consolidation beside a writer of another document',
  base: oneNote,
  actors: [c, writer('A', 'z.md', 'a\n')],
  check: all(succeed('C', 'A'), factOnce, changesOnce('A')),
  audit,
};

function changesAtMostOnce({ outcomes, snapshot }: Parameters<Check>[0]): string | undefined {
  for (const [name, ended] of outcomes) {
    const { notesProcessed, commits } = ('value' in ended ? ended.value : {}) as {
      notesProcessed?: number;
      commits?: number[];
    };
    if (notesProcessed === undefined || notesProcessed === (commits?.length ?? 0)) continue;
    return `${name} tells ${notesProcessed} notes and commits ${commits?.join(', ')} (store ${snapshot.id})`;
  }
  return undefined;
}
