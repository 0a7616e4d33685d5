import { LIST_PAGE, type ObjectStore } from '../ports/object-store.ts';
import { check, listed, type OpenStore, ownPlace, type Runner, same } from './contract.ts';

/** What every store promises of its listings. */
export function listingContract(runner: Runner, open: OpenStore): void {
  orderCases(runner, open);
  delimiterCases(runner, open);
  pageCases(runner, open);
}

/** Byte order: where a name goes on after a folder's name, `.`, `-` and space come before the slash, digits after it. */
const sorted = [
  'A.md',
  'a b.md',
  'a-b/x.md',
  'a.md',
  'a/1.md',
  'a/b/2.md',
  'a/b0.md',
  'a0.md',
  'b.md',
  'b/_.md',
  '~.md',
];

function orderCases({ it }: Runner, open: OpenStore): void {
  it('lists ASCII keys in byte order, and nothing but the prefix', async () => {
    const [store, place] = [await open(), ownPlace()];
    await fill(store, place, sorted.toReversed());
    await fill(store, `${place.slice(0, -1)}0/`, ['beside.md']);
    same(await listed(store.list(place)), at(place, sorted), 'all');
    same(await listed(store.list(`${place}a`)), at(place, sorted.slice(1, 8)), 'a prefix inside a name');
    same(await listed(store.list(`${place}a/`)), at(place, sorted.slice(4, 7)), 'a folder');
    same(await listed(store.list(`${place}a.md`)), at(place, ['a.md']), 'a whole key');
    same(await listed(store.list(`${place}nothing/`)), [], 'nothing');
  });

  it('starts after any key, whether it is there or not', async () => {
    const [store, place] = [await open(), ownPlace()];
    await fill(store, place, sorted);
    for (const after of [...sorted, 'a', 'a/', 'a/b', 'a/b/', 'a/b/zzz', 'b/', 'zz', '']) {
      const expected = at(place, sorted).filter((key) => key > place + after);
      same(await listed(store.list(place, { startAfter: place + after })), expected, `after ${after}`);
    }
    same(await listed(store.list(place, { startAfter: 'a' })), at(place, sorted), 'after what comes before the prefix');
    same(await listed(store.list(place, { startAfter: '~' })), [], 'after what comes behind the prefix');
  });

  it('yields no more than the limit', async () => {
    const [store, place] = [await open(), ownPlace()];
    await fill(store, place, sorted);
    same(await listed(store.list(place, { limit: 3 })), at(place, sorted.slice(0, 3)), 'three');
    const next = store.list(place, { limit: 3, startAfter: `${place}a-b/x.md` });
    same(await listed(next), at(place, sorted.slice(3, 6)), 'the next three');
    same(await listed(store.list(place, { limit: 0 })), [], 'none');
  });
}

function delimiterCases({ it }: Runner, open: OpenStore): void {
  it('rolls up what holds the delimiter, of one character or several', async () => {
    const [store, place] = [await open(), ownPlace()];
    await fill(store, place, ['20260101T1.md', '20260101T2.md', '20260102T1.md', 'a/b/c.md', 'a/d.md', 'z.md']);
    const rolledUp = async (prefix: string, delimiter: string, limit?: number) =>
      (await listed(store.list(place + prefix, { delimiter, limit }))).map((key) => key.replace(place, ''));
    const days = ['20260101T1.md', '20260101T2.md', '20260102T1.md'];
    same(await rolledUp('', '/'), [...days, '>a/', 'z.md'], 'by folder');
    same(await rolledUp('a/', '/'), ['>a/b/', 'a/d.md'], 'inside a folder');
    same(await rolledUp('2', 'T'), ['>20260101T', '>20260102T'], 'by day');
    same(await rolledUp('', 'T1'), ['>20260101T1', '20260101T2.md', '>20260102T1', 'a/b/c.md', 'a/d.md', 'z.md'], 'T1');
    same(await rolledUp('', 'b/c'), [...days, '>a/b/c', 'a/d.md', 'z.md'], 'across folders');
    same(await rolledUp('2', 'T', 1), ['>20260101T'], 'the first');
    same(await rolledUp('', '/', 4), [...days, '>a/'], 'the first four');
    same(await rolledUp('', ''), [...days, 'a/b/c.md', 'a/d.md', 'z.md'], 'by nothing');
  });

  it('starts after a key and rolls up what comes then', async () => {
    const [store, place] = [await open(), ownPlace()];
    await fill(store, place, ['1.md', 'a/1.md', 'b/1.md', 'b/2.md', 'c.md']);
    const after = await listed(store.list(place, { delimiter: '/', startAfter: `${place}a/zzz` }));
    same(after, [`>${place}b/`, `${place}c.md`], 'after the first folder');
  });
}

function pageCases({ it }: Runner, open: OpenStore): void {
  it('goes on over pages', async () => {
    const [store, place] = [await open(), ownPlace()];
    const names = Array.from({ length: LIST_PAGE + 5 }, (_, n) => `${String(n).padStart(5, '0')}.md`);
    for (let start = 0; start < names.length; start += 64) await fill(store, place, names.slice(start, start + 64));
    same(await listed(store.list(place)), at(place, names), 'all');
    const folded = await listed(store.list(place, { delimiter: '.' }));
    same(
      folded,
      at(place, names).map((key) => `>${key.slice(0, -2)}`),
      'all, rolled up',
    );
    same((await listed(store.list(place, { limit: LIST_PAGE + 2 }))).length, LIST_PAGE + 2, 'a limit beyond a page');
    for await (const entry of store.list(place)) {
      check('key' in entry && entry.key === `${place}00000.md`, 'the first entry, and whoever had enough may stop');
      break;
    }
  }, 120_000);
}

async function fill(store: ObjectStore, place: string, names: readonly string[]): Promise<void> {
  await Promise.all(names.map((name) => store.put(place + name, name)));
}

function at(place: string, names: readonly string[]): string[] {
  return names.map((name) => place + name);
}
