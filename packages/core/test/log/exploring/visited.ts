import type { Moment } from './moments.ts';
import { describeRequest } from './requests.ts';
import type { State } from './state.ts';

/** The states seen before. */
export interface Visited {
  /** @returns whether the state is new */
  readonly add: (state: State) => boolean;
  readonly count: () => number;
}

/** What a number tells apart: the moments of all actors must fit into one. */
const BITS = 52;

export function createVisited(): Visited {
  // Millions of states: many small sets of numbers take a fraction of the memory that one set of texts takes.
  const places = new Map<string, Set<number>>();
  const outcomes = new Map<string, number>();
  let count = 0;

  /** Actors that are done are told apart by how they ended alone. */
  function numberOf({ id, outcome, pending }: Moment): number {
    if (!outcome || pending.size > 0) return 2 * id;
    const text = 'error' in outcome ? `${outcome.error.name} ${outcome.error.message}` : JSON.stringify(outcome.value);
    const known = outcomes.get(text) ?? 2 * outcomes.size + 1;
    outcomes.set(text, known);
    return known;
  }

  return {
    add(state) {
      const moments = 2 ** Math.floor(BITS / state.moments.length);
      let where = 0;
      for (const moment of state.moments) {
        const number = numberOf(moment);
        if (number >= moments) throw new RangeError('more moments than fit');
        where = where * moments + number;
      }
      const place = placeOf(state);
      const known = places.get(place) ?? new Set();
      if (known.has(where)) return false;
      places.set(place, known.add(where));
      count++;
      return true;
    },
    count: () => count,
  };
}

/** Everything but the moments. */
function placeOf({ snapshot, since, seen, late, losses }: State): string {
  const began = since.map((first) => first?.id ?? '').join(',');
  return `${snapshot.id}|${began}|${seen}|${losses}|${late.map(describeRequest).toSorted().join('|')}`;
}
