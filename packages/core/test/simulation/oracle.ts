import { docsAsOf, type LoggedCommit, type Told, toldBy } from '../log/judging/the-log.ts';
import type { World } from './world.ts';

/** What was acknowledged, and nothing else: what this knows of the memory is what its callers were told. */
export interface Oracle {
  /** A text that no other note has; it is not acknowledged yet. */
  readonly newFact: () => string;
  /** The note that says it was acknowledged. */
  readonly acknowledge: (fact: string) => void;
  /** Facts that are acknowledged. */
  readonly acknowledged: () => readonly string[];
  /** Texts of notes that were consumed or brought back, by key: trimming takes them out of the log. */
  readonly consumed: Map<string, string>;
  /** The log, read by code of these tests. */
  readonly told: () => Told;
  readonly violate: (what: string) => void;
  readonly violations: readonly string[];
  /** A number that was not drawn before. */
  readonly number: () => number;
}

/** Knows nothing yet. */
export function createOracle(world: World): Oracle {
  const [facts, violations]: [Map<string, boolean>, string[]] = [new Map(), []];
  let [numbers, writes, told]: [number, number, Told | undefined] = [0, -1, undefined];
  return {
    newFact() {
      const fact = `fact-${facts.size};`;
      facts.set(fact, false);
      return fact;
    },
    acknowledge: (fact) => void facts.set(fact, true),
    acknowledged: () => [...facts].filter(([, isTold]) => isTold).map(([fact]) => fact),
    consumed: new Map(),
    told() {
      if (told === undefined || writes !== world.writes) {
        writes = world.writes;
        told = toldBy({ id: -1, objects: new Map([...world.objects].map(([key, { body }]) => [key, body])) });
      }
      return told;
    },
    violate: (what) => void violations.push(what),
    violations,
    number: () => ++numbers,
  };
}

/** What is wrong with what is stored now: with the log, or with the notes that were acknowledged. */
export function faultsNow(oracle: Oracle): string[] {
  const told = oracle.told();
  const text = textOf(told);
  const thrown = discarded(told.commits, oracle.consumed);
  const facts = oracle.acknowledged().flatMap((fact) => {
    const times = occurrences(text, fact) + occurrences(thrown.away, fact) - occurrences(thrown.back, fact);
    return times === 1 ? [] : [`${fact} is there ${times} times`];
  });
  return [...told.faults, ...facts];
}

/** Everything a reader would see: documents and live notes. */
function textOf({ docs, live }: Told): string {
  return (
    [...docs]
      .filter(([path]) => path.startsWith('bank/'))
      .map(([, text]) => text)
      .join('\n') + [...live.values()].join('\n')
  );
}

/** Notes that were thrown away by an admin, or found worth nothing, and those of them that an undo brought back. */
function discarded(
  commits: readonly LoggedCommit[],
  consumed: Map<string, string>,
): { readonly away: string; readonly back: string } {
  const notes = commits.flatMap((commit) => [...commit.consumed, ...commit.restored]);
  for (const { key, text } of notes) if (text) consumed.set(key, text);
  const away = commits.map((commit) => discardedBy(commit, consumed));
  const back = commits.flatMap(({ undoes, restored }) => {
    const undone = undoes === undefined ? '' : (away[undoes - 1] ?? '');
    return restored.map(({ key }) => factIn(consumed.get(key) ?? '')).filter((fact) => undone.includes(fact));
  });
  return { away: away.join('\n'), back: back.join('\n') };
}

function discardedBy(commit: LoggedCommit, consumed: ReadonlyMap<string, string>): string {
  const thrown = commit.consumed.filter(({ fate }) => fate.fate === 'discarded');
  return thrown.map(({ key }) => factIn(consumed.get(key) ?? '')).join('\n');
}

function factIn(text: string): string {
  return /fact-\d+;/.exec(text)?.[0] ?? 'no fact';
}

/** How often a text is in another. */
function occurrences(text: string, what: string): number {
  return text.split(what).length - 1;
}

/** The documents as of a commit, by file name; undefined: texts of that time were taken out of the log. */
export function bankAsOf({ commits }: Told, n: number): ReadonlyMap<string, string> | undefined {
  if (commits.some((commit) => commit.stub && commit.n <= n)) return undefined;
  const docs = [...docsAsOf(commits, n)].filter(([path]) => path.startsWith('bank/'));
  return new Map(docs.map(([path, text]) => [path.slice('bank/'.length), text]));
}

/** Documents as text, the same for the same ones. */
export function sorted(documents: ReadonlyMap<string, string>): string {
  return JSON.stringify([...documents].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
