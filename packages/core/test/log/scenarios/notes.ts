import type { Actor } from '../exploring/actor.ts';
import type { Scenario } from '../exploring/explore.ts';
import { audit } from '../judging/audit.ts';
import { all, type Check, once, succeed } from '../judging/checks.ts';
import { toldBy } from '../judging/the-log.ts';
import { consolidating, oneNote, twoDocuments } from './parts.ts';

const note = { space: 'alpha', agent: 'N', category: 'decision', content: 'fact' } as const;

/** Leaves the note, as often as told, with one request id. */
function noteWriter(name: string, times = 1): Actor {
  return {
    name,
    async does({ memory }) {
      const filenames: string[] = [];
      for (let time = 0; time < times; time++) {
        filenames.push((await memory.notes.write({ ...note, requestId: 'one' })).filename);
      }
      return filenames;
    },
  };
}

function importer(name: string): Actor {
  const lines = ['fact', 'other'].map((content) =>
    JSON.stringify({ timestamp: '2025-01-01T00:00:00Z', agent: 'N', category: 'decision', content }),
  );
  return { name, does: ({ memory }) => memory.notes.import({ space: 'alpha', lines }) };
}

/** What was acknowledged is there once; what was not, once at most. */
function noted(...facts: readonly string[]): Check {
  return (view) => {
    const acknowledged = ['N', 'M'].some((name) => view.outcomes.has(name));
    const wrong = facts.map((fact) => once(fact)(view)).find((fault) => fault !== undefined);
    return acknowledged || wrong?.includes(' 2 times') ? wrong : undefined;
  };
}

export const oneRequestTwice: Scenario = {
  name: 'two writers of one note with one request id',
  base: twoDocuments,
  actors: [noteWriter('N'), noteWriter('M')],
  check: all(succeed('N', 'M'), noted('fact'), ({ outcomes }) => {
    const names = new Set(
      [...outcomes.values()].flatMap((ended) => ('value' in ended ? (ended.value as string[]) : [])),
    );
    return names.size > 1 ? `they were told of different notes: ${[...names].join(', ')}` : undefined;
  }),
  audit,
};

export const importTwice: Scenario = {
  name: 'two imports of one file',
  base: twoDocuments,
  actors: [importer('N'), importer('M')],
  check: all(succeed('N', 'M'), noted('fact', 'other')),
  audit,
};

export const retryAfterConsumption: Scenario = {
  name: 'a note written twice with one request id, beside a consolidation',
  base: twoDocuments,
  actors: [noteWriter('N', 2), consolidating('C', 'x.md')],
  check: all(succeed('N', 'C'), noted('fact')),
  audit,
};

export const retryBesideTwo: Scenario = {
  ...retryAfterConsumption,
  name: 'a note written twice with one request id, beside two consolidations',
  actors: [noteWriter('N', 2), consolidating('C', 'x.md'), consolidating('D', 'y.md')],
};

export const importBesideConsolidation: Scenario = {
  ...retryAfterConsumption,
  name: 'an import beside a consolidation',
  actors: [importer('N'), consolidating('C', 'x.md')],
  check: all(succeed('N', 'C'), ({ outcomes, ...view }) =>
    outcomes.has('N') ? noted('fact', 'other')({ ...view, outcomes }) : undefined,
  ),
};

export const noteBesideConsolidation: Scenario = {
  name: 'a note left beside a consolidation of another',
  base: oneNote,
  actors: [
    { name: 'N', does: ({ memory }) => memory.notes.write({ ...note, content: 'late news' }) },
    consolidating('C', 'x.md'),
  ],
  check: all(succeed('N', 'C'), once('fact'), (view) => (view.outcomes.has('N') ? once('late news')(view) : undefined)),
  audit: async (snapshot) => (toldBy(snapshot).head > 4 ? 'more commits than consolidations' : audit(snapshot)),
};
