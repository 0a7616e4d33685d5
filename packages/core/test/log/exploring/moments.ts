import type { Actor, Outcome } from './actor.ts';
import type { Answer, Request } from './requests.ts';
import { type Run, startRun } from './run.ts';
import type { Snapshot } from './snapshot.ts';

/** A point in an actor's life, given by the answers it had so far. The same answers always lead there. */
export interface Moment {
  readonly id: number;
  readonly pending: ReadonlyMap<string, Request>;
  readonly outcome: Outcome | undefined;
}

export interface Moments {
  readonly first: () => Promise<Moment>;
  /** What the actor does when this request is answered so. Known moments cost nothing; others run the real code. */
  readonly next: (moment: Moment, name: string, answer: Answer) => Moment | Promise<Moment>;
  readonly count: () => number;
}

interface Known extends Moment {
  readonly before?: { readonly moment: Known; readonly name: string; readonly answer: Answer };
  /** The answers so far, by request. */
  readonly heard: ReadonlyMap<string, string>;
  readonly children: Map<string, Known>;
  /** The real code, where it waits at this very moment. */
  run: Run | undefined;
}

export interface MomentsOptions {
  readonly actor: Actor;
  readonly base: Snapshot;
  readonly prefix: string;
  /**
   * Also tells apart in which order parallel requests of the actor were answered. Otherwise the same answers to the same
   * requests are the same moment, whichever came first.
   */
  readonly inOrder: boolean;
}

/** An actor's possible lives. The real code cannot be copied, so where it must go another way, it starts anew and is told the same. */
export function createMoments({ actor, base, prefix, inOrder }: MomentsOptions): Moments {
  const byHeard = new Map<string, Known>();
  let count = 0;

  function remember(run: Run, heard: ReadonlyMap<string, string>, before: Known['before']): Known {
    const [pending, outcome] = [new Map(run.pending), run.outcome()];
    const kept = outcome && pending.size === 0 ? undefined : run;
    return { id: count++, pending, outcome, heard, children: new Map(), run: kept, ...(before ? { before } : {}) };
  }

  /** The real code at this moment, which thereby leaves it. */
  async function take(moment: Known): Promise<Run> {
    const { run } = moment;
    moment.run = undefined;
    if (run) return run;
    const again = await startRun(actor, base, prefix);
    for (const { name, answer } of pathTo(moment)) await again.answer(name, answer);
    return again;
  }

  async function live(moment: Known, name: string, answer: Answer): Promise<Known> {
    const run = await take(moment);
    await run.answer(name, answer);
    const child = remember(run, new Map(moment.heard).set(name, answer.label), { moment, name, answer });
    moment.children.set(edge(name, answer), child);
    if (!inOrder) byHeard.set(heardText(child.heard), child);
    return child;
  }

  return {
    first: async () => remember(await startRun(actor, base, prefix), new Map(), undefined),
    next(moment, name, answer) {
      const from = moment as Known;
      const known = from.children.get(edge(name, answer));
      if (known) return known;
      const same = inOrder ? undefined : byHeard.get(heardText(new Map(from.heard).set(name, answer.label)));
      if (!same) return live(from, name, answer);
      from.children.set(edge(name, answer), same);
      return same;
    },
    count: () => count,
  };
}

function pathTo(moment: Known): { readonly name: string; readonly answer: Answer }[] {
  const path = [];
  for (let at = moment.before; at; at = at.moment.before) path.unshift(at);
  return path;
}

function edge(name: string, { label }: Answer): string {
  return `${name} ${label}`;
}

function heardText(heard: ReadonlyMap<string, string>): string {
  return [...heard]
    .map(([name, label]) => `${name} ${label}`)
    .toSorted()
    .join('\n');
}
