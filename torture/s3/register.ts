/** What was done with one key: something was written, or deleted, or it was read. */
export interface Deed {
  readonly key: string;
  /** A text that nothing else wrote to this key; null: nothing is there. */
  readonly body: string | null;
  readonly kind: 'write' | 'read';
  /** `unclear`: it may have taken effect. `refused`: it certainly had none, since its condition did not hold. */
  readonly outcome: 'done' | 'unclear' | 'refused';
  /** The condition of a write: the text that was to be there (null: nothing). */
  readonly instead?: string | null | undefined;
  /** When it began and ended, on one clock of steps. */
  readonly from: number;
  readonly to: number;
}

/**
 * What contradicts itself in what many did with some keys at once. Texts are unique, so each read tells which write it saw: any that
 * nobody surely wrote over before the read began.
 */
export function contradictions(deeds: readonly Deed[]): string[] {
  const keys = [...new Set(deeds.map(({ key }) => key))];
  return keys.flatMap((key) => ofOneKey(deeds.filter((deed) => deed.key === key)));
}

function ofOneKey(deeds: readonly Deed[]): string[] {
  const writes = deeds.filter(({ kind, outcome }) => kind === 'write' && outcome !== 'refused');
  const done = writes.filter(({ outcome }) => outcome === 'done');
  const refused = deeds.filter(({ outcome }) => outcome === 'refused');
  const reads = deeds.filter(({ kind }) => kind === 'read');
  return [
    ...reads.flatMap((read) => readFault(read, writes, refused)),
    ...done.flatMap((write) => conditionFault(write, writes)),
    ...refused.flatMap((write) => conflictFault(write, writes)),
  ];
}

function readFault(read: Deed, writes: readonly Deed[], refused: readonly Deed[]): string[] {
  const told = `${read.key}: at ${read.from}-${read.to} there is ${JSON.stringify(read.body)}`;
  if (refused.some(({ body }) => body === read.body)) return [`${told}, which was refused`];
  const surely = writes.filter(({ outcome, to }) => outcome === 'done' && to < read.from);
  const sources = writes.filter(({ body, from }) => body === read.body && from < read.to);
  if (sources.some((source) => !surely.some(({ from }) => from > source.to))) return [];
  if (read.body === null && surely.length === 0) return [];
  return [sources.length === 0 ? `${told}, which nobody wrote` : `${told}, which was written over before`];
}

/**
 * A write under a condition took the place of that text alone: no other may have taken it too. Unless that text was still being written:
 * a write without condition whose answer was lost is made again, over what came between.
 */
function conditionFault(write: Deed, writes: readonly Deed[]): string[] {
  const { key, body, instead } = write;
  if (instead === undefined) return [];
  if (instead === null) return creationFault(write, writes);
  const written = writes.find((other) => other.body === instead)?.to ?? 0;
  const rivals = writes.filter((other) => other.outcome === 'done' && other.instead === instead && other !== write);
  if (rivals.length === 0 || [write, ...rivals].some(({ from }) => from < written)) return [];
  return rivals.map((other) => `${key}: ${body} and ${other.body} both took the place of ${instead}`);
}

/** A creation over what was surely there, and was not deleted meanwhile. */
function creationFault({ key, body, from, to }: Deed, writes: readonly Deed[]): string[] {
  const before = writes.filter((other) => other.outcome === 'done' && other.body !== null && other.to < from);
  const isGone = (other: Deed): boolean =>
    writes.some((deletion) => deletion.body === null && deletion.to > other.from && deletion.from < to);
  const there = before.find((other) => !isGone(other));
  return there === undefined ? [] : [`${key}: ${body} was created over ${there.body}`];
}

/** A conflict where nobody else can have written: it must have been with itself. */
function conflictFault({ key, body, instead, to }: Deed, writes: readonly Deed[]): string[] {
  const source = writes.find((write) => write.body === instead && instead !== null);
  const others = writes.filter((write) => write !== source && write.from < to && write.to > (source?.from ?? 0));
  const isPossible = instead === null ? others.some((other) => other.body !== null) : others.length > 0;
  return isPossible ? [] : [`${key}: ${body} is told of a conflict, and nobody else wrote`];
}
