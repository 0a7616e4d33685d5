import type { Actor, Cast, Outcome } from './actor.ts';
import { changedCommit } from './changed-commit.ts';
import { createMoments, type Moment, type Moments } from './moments.ts';
import type { Snapshot } from './snapshot.ts';
import {
  createWritten,
  isTimeless,
  isWrite,
  outcomeOf,
  type State,
  type Step,
  stepsOf,
  traceOf,
  type Written,
} from './state.ts';
import { createVisited } from './visited.ts';

/** What must hold, and where everything is tried. */
export interface Scenario extends Cast {
  readonly name: string;
  /** Answers that get lost on any one way; none unless given. */
  readonly losses?: number;
  /** What to remember of a step; part of the state. */
  readonly remember?: (seen: string, step: Seen) => string;
  /** Judged in every state. @returns what is wrong */
  readonly check?: (view: View) => string | undefined;
  /** Judged once for every content of the store. */
  readonly audit?: (snapshot: Snapshot) => Promise<string | undefined>;
}

interface Seen {
  readonly actor: Actor | undefined;
  readonly step: Step;
  readonly before: Snapshot;
  readonly after: Snapshot;
}

/** A state as a check sees it. */
export interface View {
  readonly snapshot: Snapshot;
  readonly seen: string;
  /** By the names of the actors; of those that are done. */
  readonly outcomes: ReadonlyMap<string, Ended>;
  /** Nothing is left to happen. */
  readonly atEnd: boolean;
}

type Ended = Outcome & {
  /** The store when the first and when the last request of the actor took effect. */
  readonly during: { readonly first: Snapshot; readonly last: Snapshot };
};

export interface Explored {
  readonly states: number;
  /** Different contents of the store, each audited. */
  readonly contents: number;
  /** Different lives of the actors, each made by the real code. */
  readonly moments: number;
  /** What went wrong, and the requests that led there. */
  readonly violation: string | undefined;
}

export interface ExploreOptions {
  /** See {@link createMoments}. */
  readonly inOrder?: boolean;
}

/** Tries every order in which the requests of the actors can take effect. */
export async function explore(scenario: Scenario, { inOrder = false }: ExploreOptions = {}): Promise<Explored> {
  const { base, actors } = scenario;
  const lives = actors.map((actor, at) => createMoments({ actor, base, prefix: (at + 1).toString(16), inOrder }));
  const first = await Promise.all(lives.map((life) => life.first()));
  // Which keys an actor writes is found on the way; until all are known, begin again.
  const written = actors.map(createWritten);
  for (;;) {
    const found = await exploreFrom(scenario, lives, first, written);
    if (found !== 'begin again') return found;
  }
}

async function exploreFrom(
  scenario: Scenario,
  lives: readonly Moments[],
  first: readonly Moment[],
  written: readonly Written[],
): Promise<Explored | 'begin again'> {
  const { base, actors, losses = 0 } = scenario;
  const [visited, audited] = [createVisited(), new Set<number>()];
  const root: State = {
    snapshot: base,
    moments: first,
    since: actors.map(() => undefined),
    seen: '',
    late: [],
    losses,
  };
  const waiting: { readonly from: State; readonly step: Step | undefined }[] = [{ from: root, step: undefined }];
  const result = (violation?: string): Explored => ({
    states: visited.count(),
    contents: audited.size,
    moments: lives.reduce((sum, life) => sum + life.count(), 0),
    violation,
  });
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const state = next.step ? await take(scenario, lives, next.from, next.step) : next.from;
    if (!visited.add(state)) continue;
    if (noteWrites(state, written)) return 'begin again';
    const steps = stepsOf(state);
    const wrong =
      changedCommit(next.from.snapshot, state.snapshot) ??
      scenario.check?.(viewOf(scenario, state, steps.length === 0)) ??
      (await audit(scenario, state.snapshot, audited));
    if (wrong !== undefined) return result([`${scenario.name}: ${wrong}`, ...traceOf(state)].join('\n  '));
    const alone = steps.find((step) => isTimeless(state, step, written));
    waiting.push(...(alone ? [alone] : steps).map((step) => ({ from: state, step })));
  }
  return result();
}

async function take(scenario: Scenario, lives: readonly Moments[], from: State, step: Step): Promise<State> {
  const { after, answer } = outcomeOf(from, step);
  const actor = step.actor === undefined ? undefined : scenario.actors[step.actor];
  const moments = [...from.moments];
  const since = [...from.since];
  let late = from.late;
  if (step.actor === undefined) late = late.filter((_, at) => String(at) !== step.name);
  else {
    const [life, moment] = [lives[step.actor], from.moments[step.actor]];
    if (!life || !moment) throw new Error('no such actor');
    const next = life.next(moment, step.name, answer);
    moments[step.actor] = next instanceof Promise ? await next : next;
    if (actor?.watched) since[step.actor] ??= from.snapshot;
    if (step.fate === 'late') late = [...late, step.request];
  }
  const { remember } = scenario;
  const seen = remember ? remember(from.seen, { actor, step, before: from.snapshot, after }) : from.seen;
  const losses = from.losses - (step.fate === 'answered' ? 0 : 1);
  const came = { from, who: actor?.name ?? 'late', step, answer };
  return { snapshot: after, moments, since, seen, late, losses, came };
}

/** @returns whether an actor writes what it was not known to write */
function noteWrites({ moments }: State, written: readonly Written[]): boolean {
  let isNew = false;
  for (const [actor, { pending }] of moments.entries()) {
    for (const request of [...pending.values()].filter(isWrite)) {
      if (written[actor]?.add(request)) isNew = true;
    }
  }
  return isNew;
}

async function audit(scenario: Scenario, snapshot: Snapshot, audited: Set<number>): Promise<string | undefined> {
  if (audited.has(snapshot.id)) return undefined;
  audited.add(snapshot.id);
  return scenario.audit?.(snapshot);
}

function viewOf({ actors }: Scenario, { snapshot, moments, since, seen }: State, atEnd: boolean): View {
  const outcomes = new Map<string, Ended>();
  for (const [at, { outcome }] of moments.entries()) {
    const during = { first: since[at] ?? snapshot, last: snapshot };
    if (outcome) outcomes.set(actors[at]?.name ?? '', { ...outcome, during });
  }
  return { snapshot, seen, outcomes, atEnd };
}
