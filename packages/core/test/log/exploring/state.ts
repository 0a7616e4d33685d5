import type { Moment } from './moments.ts';
import { type Answer, conflict, describeRequest, noAnswer, type Request, takeEffect, touches } from './requests.ts';
import type { Snapshot } from './snapshot.ts';

/** Where everybody is. */
export interface State {
  readonly snapshot: Snapshot;
  readonly moments: readonly Moment[];
  /** Of each actor, the snapshot in which its first request took effect. */
  readonly since: readonly (Snapshot | undefined)[];
  /** What a scenario remembers of the way here. */
  readonly seen: string;
  /** Writes whose callers were told that there is no answer, still on their way. */
  readonly late: readonly Request[];
  /** Answers that may still be lost. */
  readonly losses: number;
  readonly came?: { readonly from: State; readonly who: string; readonly step: Step; readonly answer: Answer };
}

/** One request that takes effect next; or is lost. */
export interface Step {
  /** Undefined: nobody waits for it any more. */
  readonly actor: number | undefined;
  /** Among the pending requests of the actor, or the late ones. */
  readonly name: string;
  readonly request: Request;
  readonly fate: Fate;
}

/**
 * `lost`: takes effect, the answer does not come. `dropped`: takes no effect, no answer. `late`: no answer, takes effect later, or
 * never. `repeated`: takes effect, the adapter loses the answer and asks again, so that its own write stands in its way.
 */
type Fate = 'answered' | 'lost' | 'dropped' | 'late' | 'repeated';

/** Everything that can happen next. */
export function stepsOf(state: State): Step[] {
  const steps: Step[] = [];
  for (const [actor, { pending }] of state.moments.entries()) {
    for (const [name, request] of pending) {
      for (const fate of fatesOf(request, state)) steps.push({ actor, name, request, fate });
    }
  }
  const late = state.late.map((request, at) => ({
    actor: undefined,
    name: String(at),
    request,
    fate: 'answered' as const,
  }));
  return [...steps, ...late];
}

function fatesOf(request: Request, { losses, snapshot }: State): Fate[] {
  if (losses === 0 || request.op === 'get' || request.op === 'list') return ['answered'];
  const fates: Fate[] = ['answered', 'lost', 'dropped', 'late'];
  const conditional = request.op === 'put' && request.only !== undefined;
  return conditional && takeEffect(snapshot, request).after !== snapshot ? [...fates, 'repeated'] : fates;
}

/** What the step makes of the store, and what its actor is told. */
export function outcomeOf(state: State, { request, fate }: Step): { after: Snapshot; answer: Answer } {
  const effect = takeEffect(state.snapshot, request);
  switch (fate) {
    case 'answered':
      return effect;
    case 'lost':
      return { after: effect.after, answer: noAnswer };
    case 'repeated':
      return { after: effect.after, answer: conflict('key' in request ? request.key : '') };
    case 'dropped':
    case 'late':
      return { after: state.snapshot, answer: noAnswer };
  }
}

/** The steps that led to a state, to be read by people. */
export function traceOf(state: State): string[] {
  const steps: string[] = [];
  for (let at: State | undefined = state; at?.came; at = at.came.from) steps.unshift(describeStep(at.came));
  return steps;
}

function describeStep({ who, step: { request, fate }, answer }: NonNullable<State['came']>): string {
  return `${who}: ${describeRequest(request)} -> ${answer.label}${fate === 'answered' ? '' : ` (${fate})`}`;
}

/**
 * Whether the order of this read and whatever others may still do cannot matter: nobody else ever writes what it reads, or it reads
 * a commit, which never changes but where its texts are taken out (the explorer checks both). Then it may take effect at once, and no
 * interleaving is missed: an actor that waits for an answer does nothing else meanwhile that it could see.
 * @param written by actor
 */
export function isTimeless(state: State, { actor, request }: Step, written: readonly Written[]): boolean {
  if (actor === undefined || request.op === 'put' || request.op === 'delete') return false;
  const isMade = request.op === 'get' && isCommit(request.key) && state.snapshot.objects.has(request.key);
  const others = written.filter((_, other) => other !== actor && isAtWork(state.moments[other]));
  if (isMade && ![...others, ...state.late.map(writtenBy)].some(({ rewrite }) => rewrite(request.key))) return true;
  if (others.some(({ touch }) => touch(request))) return false;
  const underWay = [...state.late, ...(state.moments[actor]?.pending.values() ?? [])];
  return !underWay.filter(isWrite).some(({ key }) => touches(key, request));
}

/** The keys that an actor ever writes, as far as is known. */
export interface Written {
  /** @returns whether it was not known before */
  readonly add: (request: Write) => boolean;
  readonly touch: (request: Request) => boolean;
  /** Whether it writes over what is there under the key. */
  readonly rewrite: (key: string) => boolean;
}

export function createWritten(): Written {
  const [keys, rewritten] = [new Set<string>(), new Set<string>()];
  let touched = new WeakMap<Request, boolean>();
  return {
    add(request) {
      const { key } = request;
      const isNew = !keys.has(key) || (isRewrite(request) && !rewritten.has(key));
      if (!isNew) return false;
      keys.add(key);
      if (isRewrite(request)) rewritten.add(key);
      touched = new WeakMap();
      return true;
    },
    touch(request) {
      const known = touched.get(request) ?? [...keys].some((key) => touches(key, request));
      touched.set(request, known);
      return known;
    },
    rewrite: (key) => rewritten.has(key),
  };
}

function writtenBy(request: Request): Written {
  const written = createWritten();
  if (isWrite(request)) written.add(request);
  return written;
}

function isAtWork(moment: Moment | undefined): boolean {
  return !moment?.outcome || (moment?.pending.size ?? 0) > 0;
}

type Write = Request & { readonly op: 'put' | 'delete' };

/** Whether a request writes. */
export function isWrite(request: Request): request is Write {
  return request.op === 'put' || request.op === 'delete';
}

/** Whether a request may write over what is there. */
function isRewrite(request: Request): request is Write {
  return request.op === 'delete' || (request.op === 'put' && !(request.only && 'absent' in request.only));
}

export function isCommit(key: string): boolean {
  return key.startsWith('alpha/_commits/');
}
