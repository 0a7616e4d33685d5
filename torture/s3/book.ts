import { createHash } from 'node:crypto';
import { StoreUnavailableError, type Version, WriteConflictError } from '@live-mem/core';
import type { Deed } from './register.ts';

/** Where writers write down what they did and what they were told. */
export interface Book {
  readonly deeds: readonly Deed[];
  /** Answers that no store may give. */
  readonly wrongErrors: readonly string[];
  /** A text that nobody wrote before. */
  readonly newText: () => string;
  /** Does one write and notes how it ended. */
  readonly write: (deed: Intent, work: () => Promise<unknown>) => Promise<void>;
  /** Does one read of some keys and notes what each was; an unclear answer says nothing. */
  readonly read: (work: () => Promise<ReadonlyMap<string, string | null>>) => Promise<void>;
  /** The text of a version: the MD5 of it. */
  readonly textOf: (version: Version) => string | null;
}

/** What a write is meant to do. */
type Intent = Pick<Deed, 'key' | 'body' | 'instead'>;

/** An empty book. */
export function createBook(): Book {
  const [deeds, wrongErrors, texts]: [Deed[], string[], Map<Version, string>] = [[], [], new Map()];
  let step = 0;
  const now = (): number => ++step;

  function newText(): string {
    const text = `text number ${texts.size}`;
    texts.set(createHash('md5').update(text).digest('hex'), text);
    return text;
  }

  async function write(intent: Intent, work: () => Promise<unknown>): Promise<void> {
    const from = now();
    const outcome = await work().then(() => 'done' as const, outcomeOf);
    if (outcome === 'refused' && intent.instead === undefined) wrongErrors.push('a conflict without a condition');
    deeds.push({ ...intent, kind: 'write', outcome, from, to: now() });
  }

  function outcomeOf(error: unknown): Deed['outcome'] {
    if (error instanceof WriteConflictError) return 'refused';
    if (!(error instanceof StoreUnavailableError)) wrongErrors.push(`a wrong error: ${String(error)}`);
    return 'unclear';
  }

  async function read(work: () => Promise<ReadonlyMap<string, string | null>>): Promise<void> {
    const from = now();
    try {
      const found = await work();
      for (const [key, body] of found) deeds.push({ key, body, kind: 'read', outcome: 'done', from, to: now() });
    } catch (error) {
      if (outcomeOf(error) === 'refused') wrongErrors.push('a read is told of a conflict');
    }
  }

  return { deeds, wrongErrors, newText, write, read, textOf: (version) => texts.get(version) ?? `version ${version}` };
}
