import type { Actor } from '../exploring/actor.ts';
import type { Scenario } from '../exploring/explore.ts';
import { audit } from '../judging/audit.ts';
import { all, type Check, changesOnce, mayFailWith, once, succeed } from '../judging/checks.ts';
import { toldBy } from '../judging/the-log.ts';
import { bankReader, consolidating, oneNote, rewritten, twoDocuments, undoer, writer } from './parts.ts';

const byHand = 'by hand\n';

function person(filename: string): Actor {
  return { name: 'P', does: ({ store }) => store.put(`alpha/bank/${filename}`, byHand) };
}

/** The text is stored, or in the log. */
const kept: Check = ({ snapshot, outcomes }) => {
  if (!outcomes.has('P')) return undefined;
  const { commits } = toldBy(snapshot);
  const logged = commits.some(({ docs }) => Object.values(docs).some(({ after }) => after === byHand));
  return logged || [...snapshot.objects.values()].includes(byHand) ? undefined : 'what was written by hand is nowhere';
};

export const editBesideWriter: Scenario = {
  name: 'an edit by hand beside a writer of the same document',
  base: twoDocuments,
  actors: [person('x.md'), writer('A', 'x.md', 'a\n')],
  check: all(succeed('A'), changesOnce('A'), kept),
  audit,
};

export const editBesideReader: Scenario = {
  ...editBesideWriter,
  name: 'an edit by hand beside a writer of the same document and a reader',
  actors: [person('x.md'), writer('A', 'x.md', 'a\n'), bankReader('R')],
  check: all(succeed('A', 'R'), changesOnce('A'), kept),
};

export const editBesideUndo: Scenario = {
  ...editBesideWriter,
  name: 'an edit by hand beside an undo of a change of the same document',
  base: rewritten,
  actors: [person('x.md'), undoer('U', 3)],
  check: all(changesOnce('U'), mayFailWith('U', 'UNDO_CONFLICT'), kept),
};

/** Unless the person saw the fact in the document and took it out, it is live or in the bank. */
const factKept: Check = (view) => (view.seen === 'taken out' ? undefined : once('fact')(view));

export const editBesideConsolidation: Scenario = {
  name: 'an edit by hand beside a consolidation into the same document',
  base: oneNote,
  actors: [person('x.md'), consolidating('C', 'x.md')],
  remember(seen, { actor, before }) {
    const there = before.objects.get('alpha/bank/x.md') ?? '';
    return actor?.name === 'P' && there.includes('fact') ? 'taken out' : seen;
  },
  check: all(succeed('C'), kept, factKept),
  audit,
};

export const editBesideTwoConsolidations: Scenario = {
  ...editBesideConsolidation,
  name: 'an edit by hand beside two consolidations, one into the same document',
  actors: [person('x.md'), consolidating('C', 'x.md'), consolidating('D', 'y.md')],
  check: all(succeed('C', 'D'), kept, factKept),
};
