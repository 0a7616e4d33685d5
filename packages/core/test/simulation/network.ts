import { StoreUnavailableError } from '@live-mem/core';
import type { Random } from './random.ts';
import { type Answer, describe, isWrite, type Request, takeEffect, type World } from './world.ts';

/** A request that its server waits for. */
interface Pending {
  readonly server: string;
  readonly request: Request;
  /** When it was signed. */
  readonly since: number;
  /** It took effect, or will not; the answer is on its way back. */
  decided?: Answer;
  readonly settle: (answer: Answer) => void;
}

/** A write that nobody waits for any more, and that may take effect yet. */
interface Late {
  readonly request: Request;
  readonly since: number;
}

/** Everything between the servers and the store. */
export interface Network {
  readonly pending: readonly Pending[];
  readonly late: readonly unknown[];
  readonly ask: (server: string, request: Request) => Promise<unknown>;
  /** Lets one thing happen to one request. @returns what, for the trace */
  readonly step: () => string;
  /** Takes a server's requests away: each will take effect later, or never. */
  readonly forget: (server: string) => void;
  /** Lets time pass. What was signed too long ago takes effect before, or never. */
  readonly wait: (milliseconds: number) => void;
  /** From now on requests fail now and then; or each takes effect and is answered, as in the beginning. */
  readonly fail: (failing: boolean) => void;
}

/** Milliseconds after which a store refuses a signed request. */
const SIGNED_FOR = 15 * 60_000;

/** A network that loses, delays and repeats. */
export function createNetwork(world: World, random: Random): Network {
  const pending: Pending[] = [];
  const late: Late[] = [];
  let failing = false;

  function take(at: number): Pending {
    const [one] = pending.splice(at, 1);
    if (one === undefined) throw new Error('nobody waits');
    return one;
  }

  function stepLate(): string {
    const [one] = late.splice(random.below(late.length), 1);
    if (one === undefined) return '';
    takeEffect(world, one.request);
    return `late: ${describe(one.request)}`;
  }

  function step(): string {
    if (late.length > 0 && (pending.length === 0 || random.chance(0.02))) return stepLate();
    const one = take(random.below(pending.length));
    const { server, request } = one;
    const fate = one.decided || !failing ? 'answered' : fateOf(request, random);
    one.settle(one.decided ?? answerOf(one, fate));
    return `${server}: ${describe(request)}${fate === 'answered' ? '' : ` (${fate})`}`;
  }

  function answerOf({ request, since }: Pending, fate: Fate): Answer {
    switch (fate) {
      case 'answered':
        return takeEffect(world, request);
      case 'answer lost':
        takeEffect(world, request);
        return noAnswer();
      case 'asked again':
        takeEffect(world, request);
        return takeEffect(world, request);
      case 'late':
        late.push({ request, since });
        return noAnswer();
      case 'failed':
        return noAnswer();
    }
  }

  return {
    pending,
    late,
    ask(server, request) {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const settle = (answer: Answer): void => ('error' in answer ? reject(answer.error) : resolve(answer.value));
      pending.push({ server, request, since: world.time, settle });
      return promise;
    },
    step,
    forget(server) {
      for (let at = pending.length - 1; at >= 0; at--) {
        const one = pending[at];
        if (one?.server !== server) continue;
        pending.splice(at, 1);
        if (!one.decided && isWrite(one.request) && random.chance(0.5)) late.push(one);
      }
    },
    wait(milliseconds) {
      const then = world.time + milliseconds;
      for (const one of pending) {
        if (one.decided || then - one.since <= SIGNED_FOR) continue;
        one.decided = random.chance(0.5) ? takeEffect(world, one.request) : noAnswer();
      }
      for (const one of late.splice(0)) {
        if (then - one.since <= SIGNED_FOR) late.push(one);
        else if (random.chance(0.5)) takeEffect(world, one.request);
      }
      world.time = then;
    },
    fail(next) {
      failing = next;
      if (!failing) for (const { request } of late.splice(0)) takeEffect(world, request);
    },
  };
}

type Fate = 'answered' | 'answer lost' | 'asked again' | 'late' | 'failed';

function fateOf(request: Request, random: Random): Fate {
  if (random.chance(0.9)) return 'answered';
  if (!isWrite(request)) return random.chance(0.3) ? 'failed' : 'answered';
  return random.pick(['answer lost', 'asked again', 'late', 'failed']);
}

function noAnswer(): Answer {
  return { error: new StoreUnavailableError('no answer') };
}
