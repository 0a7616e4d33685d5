import type { ObjectStore, StoredObject } from '@live-mem/core';
import { type Book, createBook } from './book.ts';
import { startFaultyDouble } from './faulty-double.ts';
import { contradictions } from './register.ts';
import { type Seeded, seeded } from './seeded.ts';

/** What a run under faults found. */
export interface FaultyRun {
  readonly calls: number;
  /** How many there were, by kind. */
  readonly faults: ReadonlyMap<string, number>;
  readonly violations: readonly string[];
}

const WRITERS = 4;
const keys: readonly [string, ...string[]] = ['a.md', 'b/c.md', 'é/🧠.md'];

/** Lets writers write, swap, delete, copy, read and list the same keys at once while the store fails, and judges every answer. */
export async function manyWriters(seed: number, calls: number, rate: number): Promise<FaultyRun> {
  const [random, book] = [seeded(seed), createBook()];
  const { double, open, openToJudge, failAt, faults } = await startFaultyDouble(random);
  try {
    // From the first request on: what the store can do is found out under faults too.
    failAt(rate);
    const stores = Array.from({ length: WRITERS }, open);
    let left = calls;
    const write = async (store: ObjectStore, writer: number): Promise<void> => {
      while (left-- > 0) await oneCall({ store, book, random, writer });
    };
    await Promise.all(stores.map(write));
    failAt(0);
    await readAll(book, openToJudge());
    await listAll(book, openToJudge());
  } finally {
    await double.close();
  }
  return { calls, faults, violations: [...book.wrongErrors, ...contradictions(book.deeds)] };
}

interface Writer {
  readonly store: ObjectStore;
  readonly book: Book;
  readonly random: Seeded;
  readonly writer: number;
}

async function oneCall(one: Writer): Promise<void> {
  const { store, book, random } = one;
  const key = random.pick(keys);
  const calls: readonly [() => Promise<void>, ...(() => Promise<void>)[]] = [
    () => put(one, key),
    () => create(one, key),
    () => swap(one, key),
    () => swap(one, key),
    () => book.write({ key, body: null }, () => store.delete(key)),
    () => book.write({ key, body: null }, () => store.delete(key)),
    () => copy(one, key),
    // One key: where one of several fails, others are still under way, and nobody knows until when.
    () => book.write({ key, body: null }, () => store.deleteMany([key])),
    () => readAll(book, store),
    () => listAll(book, store),
  ];
  await random.pick(calls)();
  // At once, before others write over what should be there.
  await readAll(book, store);
}

async function put({ store, book }: Writer, key: string): Promise<void> {
  const body = book.newText();
  await book.write({ key, body }, () => store.put(key, body));
}

async function create({ store, book }: Writer, key: string): Promise<void> {
  const body = book.newText();
  await book.write({ key, body, instead: null }, () => store.put(key, body, { absent: true }));
}

async function swap({ store, book }: Writer, key: string): Promise<void> {
  let there: StoredObject | undefined;
  await book.read(async () => {
    there = await store.get(key);
    return new Map([[key, there?.body ?? null]]);
  });
  if (there === undefined) return;
  const { body: instead, version } = there;
  const body = book.newText();
  await book.write({ key, body, instead }, () => store.put(key, body, { version }));
}

/** From a place of its own: what is copied is known. */
async function copy({ store, book, writer }: Writer, key: string): Promise<void> {
  const body = book.newText();
  const from = `from/${writer}.md`;
  let isThere = false;
  await book.write({ key: from, body }, async () => {
    await store.put(from, body);
    isThere = true;
  });
  if (isThere) await book.write({ key, body }, () => store.copy(from, key));
}

async function readAll(book: Book, store: ObjectStore): Promise<void> {
  await book.read(async () => {
    const answers = await store.getMany(keys);
    return new Map(keys.map((key, at) => [key, bodyOf(answers[at])]));
  });
}

function bodyOf(answer: Awaited<ReturnType<ObjectStore['getMany']>>[number]): string | null {
  return answer !== undefined && 'body' in answer ? answer.body : null;
}

async function listAll(book: Book, store: ObjectStore): Promise<void> {
  await book.read(async () => {
    const found = new Map<string, string | null>(keys.map((key) => [key, null]));
    for await (const entry of store.list(''))
      if ('key' in entry && found.has(entry.key)) found.set(entry.key, book.textOf(entry.version));
    return found;
  });
}
