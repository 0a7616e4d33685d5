import { StoreRefusedError, WriteConflictError } from '../errors.ts';
import type { ObjectStore, WriteCondition } from '../ports/object-store.ts';
import { check, type OpenStore, ownPlace, type Runner, rejection, same } from './contract.ts';

/** For stores that refuse to create what is there, and to write over what has changed. Each case has a key of its own. */
export function conditionalWriteContract(runner: Runner, open: OpenStore): void {
  runner.it('claims both abilities', async () => {
    const { createIfAbsent, compareAndSwap } = await (await open()).probe();
    same({ createIfAbsent, compareAndSwap }, { createIfAbsent: true, compareAndSwap: true }, 'the probe');
  });
  creationCases(runner, open);
  swapCases(runner, open);
  rewriteCases(runner, open);
}

/** For stores, or set-ups, that cannot: they say so and refuse, rather than write without the condition. */
export function withoutConditionalWriteContract({ it }: Runner, open: OpenStore): void {
  it('says that it has no conditions, and refuses them', async () => {
    const [store, key] = [await open(), `${ownPlace()}a.md`];
    const { createIfAbsent, compareAndSwap } = await store.probe();
    check(!createIfAbsent || !compareAndSwap, 'an ability is missing');
    if (!createIfAbsent) await rejection(store.put(key, 'x', { absent: true }), [StoreRefusedError], 'a creation');
    same(await store.get(key), undefined, 'the refused object');
    const version = await store.put(key, 'before');
    if (!compareAndSwap) await rejection(store.put(key, 'after', { version }), [StoreRefusedError], 'a swap');
    same((await store.get(key))?.body, 'before', 'the body');
  });
}

function creationCases({ it }: Runner, open: OpenStore): void {
  for (const [what, body] of [
    ['with texts of their own', String],
    ['with one text', () => 'all the same'],
  ] as const) {
    it(`lets exactly one of twenty writers claim a free key, ${what}`, async () => {
      const [store, key] = [await open(), `${ownPlace()}claim`];
      const winner = await onlyWinner(store, key, body, { absent: true });
      same((await store.get(key))?.body, body(winner), 'the body of the winner');
    });
  }

  it('creates nothing over what is there, and again once it is deleted', async () => {
    const [store, key] = [await open(), `${ownPlace()}a.md`];
    await store.put(key, 'first', { absent: true });
    await rejection(store.put(key, 'second', { absent: true }), [WriteConflictError], 'a second creation');
    same((await store.get(key))?.body, 'first', 'the body');
    await store.delete(key);
    await store.put(key, 'third', { absent: true });
    same((await store.get(key))?.body, 'third', 'the body');
  });
}

function swapCases({ it }: Runner, open: OpenStore): void {
  it('writes over the version that was read, and over no other', async () => {
    const [store, key] = [await open(), `${ownPlace()}a.md`];
    const first = await store.put(key, 'first');
    const second = await store.put(key, 'second', { version: first });
    await rejection(store.put(key, 'third', { version: first }), [WriteConflictError], 'a stale swap');
    const read = await store.get(key);
    same([read?.body, read?.version], ['second', second], 'body and version');
    await store.put(key, 'fourth', { version: second });
    same((await store.get(key))?.body, 'fourth', 'the body');
  });

  it('swaps nothing where there is nothing', async () => {
    const [store, key] = [await open(), `${ownPlace()}a.md`];
    const version = await store.put(key, 'x');
    await store.delete(key);
    await rejection(store.put(key, 'y', { version }), [WriteConflictError], 'a swap of what is gone');
    same(await store.get(key), undefined, 'the object');
  });

  it('lets exactly one of twenty writers replace what all have read', async () => {
    const [store, key] = [await open(), `${ownPlace()}a.md`];
    const version = await store.put(key, 'before');
    const winner = await onlyWinner(store, key, (n) => `after ${n}`, { version });
    same((await store.get(key))?.body, `after ${winner}`, 'the body of the winner');
  });

  it('loses none of forty increments by eight writers', async () => {
    const [store, key] = [await open(), `${ownPlace()}count`];
    await store.put(key, '0');
    const count = async () => {
      for (let done = 0; done < 5; done += 1) await increment(store, key);
    };
    await Promise.all(Array.from({ length: 8 }, count));
    same((await store.get(key))?.body, '40', 'the count');
  }, 60_000);
}

function rewriteCases({ it }: Runner, open: OpenStore): void {
  it('refuses the version of a text that came between two equal ones', async () => {
    const [store, key] = [await open(), `${ownPlace()}a.md`];
    await store.put(key, 'A');
    const between = await store.put(key, 'B');
    const now = await store.put(key, 'A');
    await rejection(store.put(key, 'C', { version: between }), [WriteConflictError], 'a swap of what came between');
    same((await store.get(key))?.body, 'A', 'the body');
    await store.put(key, 'C', { version: now });
    same((await store.get(key))?.body, 'C', 'the body');
  });

  it('sees quick rewrites of one length', async () => {
    const [store, key] = [await open(), `${ownPlace()}a.md`];
    let version = await store.put(key, '00');
    for (let n = 1; n < 30; n += 1) {
      const stale = version;
      version = await store.put(key, String(n).padStart(2, '0'), { version });
      await rejection(store.put(key, 'xx', { version: stale }), [WriteConflictError], `a swap behind rewrite ${n}`);
    }
    same((await store.get(key))?.body, '29', 'the body');
  });
}

/** Which of twenty writers at once came through; the others must have been told of the conflict. */
async function onlyWinner(
  store: ObjectStore,
  key: string,
  body: (writer: number) => string,
  only: WriteCondition,
): Promise<number> {
  const outcomes = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => store.put(key, body(n), only)));
  const winners = [...outcomes.keys()].filter((n) => outcomes[n]?.status === 'fulfilled');
  same(winners.length, 1, 'winners');
  for (const outcome of outcomes) {
    const conflict = outcome.status === 'fulfilled' || outcome.reason instanceof WriteConflictError;
    check(conflict, `losers learn of the conflict: ${outcome.status === 'rejected' ? String(outcome.reason) : ''}`);
  }
  return winners[0] ?? -1;
}

async function increment(store: ObjectStore, key: string): Promise<void> {
  for (;;) {
    const read = await store.get(key);
    check(read !== undefined, 'the counter is there');
    try {
      await store.put(key, `${Number(read.body) + 1}`, { version: read.version });
      return;
    } catch (error) {
      if (!(error instanceof WriteConflictError)) throw error;
    }
  }
}
