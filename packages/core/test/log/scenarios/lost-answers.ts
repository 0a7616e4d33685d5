import type { Actor } from '../exploring/actor.ts';
import type { Scenario } from '../exploring/explore.ts';
import { audit } from '../judging/audit.ts';
import { all, type Check, changesOnce, mayFailWith, once } from '../judging/checks.ts';
import { consolidating, oneNote, twoDocuments, writer } from './parts.ts';

const UNCLEAR = 'STORE_UNAVAILABLE';

export const writersLosingAnswers: Scenario = {
  name: 'two writers, an answer gets lost',
  base: twoDocuments,
  losses: 1,
  actors: [writer('A', 'x.md', 'a\n'), writer('B', 'y.md', 'b\n')],
  check: all(changesOnce('A', 'B'), mayFailWith('A', UNCLEAR), mayFailWith('B', UNCLEAR)),
  audit,
};

export const writersLosingMoreAnswers: Scenario = {
  ...writersLosingAnswers,
  name: 'two writers, two answers get lost',
  losses: 2,
};

export const writerLosingEveryAnswer: Scenario = {
  ...writersLosingAnswers,
  name: 'a writer, any of its answers get lost',
  losses: 12,
  actors: [writer('A', 'x.md', 'a\n')],
  check: all(changesOnce('A'), mayFailWith('A', UNCLEAR)),
};

export const consolidationLosingAnswers: Scenario = {
  name: 'a consolidation, answers get lost',
  base: oneNote,
  losses: 3,
  actors: [consolidating('C', 'x.md')],
  check: all(once('fact'), mayFailWith('C', UNCLEAR)),
  audit,
};

export const consolidationsLosingAnswers: Scenario = {
  ...consolidationLosingAnswers,
  name: 'two consolidations of one note, an answer gets lost',
  losses: 1,
  actors: [consolidating('C', 'x.md'), consolidating('D', 'y.md')],
  check: all(once('fact'), mayFailWith('C', UNCLEAR), mayFailWith('D', UNCLEAR)),
};

function noteWriter(requestId?: string): Actor {
  return {
    name: 'N',
    does: ({ memory }) =>
      memory.notes.write({
        space: 'alpha',
        agent: 'N',
        category: 'todo',
        content: 'news',
        ...(requestId ? { requestId } : {}),
      }),
  };
}

/** Once, where it was acknowledged; else once at most. */
const newsOnce: Check = (view) => {
  const wrong = once('news')(view);
  const ended = view.outcomes.get('N');
  return (ended && 'value' in ended) || wrong?.includes(' 2 times') ? wrong : undefined;
};

export const noteLosingAnswers: Scenario = {
  name: 'a note, answers get lost',
  base: twoDocuments,
  losses: 3,
  actors: [noteWriter()],
  check: all(newsOnce, mayFailWith('N', UNCLEAR)),
  audit,
};

export const requestLosingAnswers: Scenario = {
  ...noteLosingAnswers,
  name: 'a note with a request id, tried again while answers get lost',
  losses: 3,
  actors: [
    {
      name: 'N',
      async does(hands) {
        for (let attempt = 1; ; attempt++) {
          try {
            return await noteWriter('one').does(hands);
          } catch (error) {
            if (attempt === 4) throw error;
          }
        }
      },
    },
  ],
};
