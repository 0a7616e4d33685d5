import { InvalidInputError, StoreRefusedError } from '../errors.ts';
import type { ListedObject, ObjectStore } from '../ports/object-store.ts';
import { awkwardTexts, plainNames, trickyNames } from './awkward.ts';
import { check, listed, type OpenStore, ownPlace, type Runner, rejection, same } from './contract.ts';
import { listingContract } from './listing.contract.ts';

/**
 * What every store promises. Each case has keys of its own under `contract/`: nothing is wiped, and nothing is cleaned up.
 * Conditional writes and copies have contracts of their own.
 */
export function objectStoreContract(runner: Runner, open: OpenStore): void {
  bodyCases(runner, open);
  versionCases(runner, open);
  manyCases(runner, open);
  keyCases(runner, open);
  listingContract(runner, open);
}

function bodyCases({ it }: Runner, open: OpenStore): void {
  it('gives back any text as it was written', async () => {
    const [store, place] = [await open(), ownPlace()];
    await Promise.all(awkwardTexts.map((text, at) => store.put(`${place}${at}.md`, text)));
    for (const [at, text] of awkwardTexts.entries()) {
      same((await store.get(`${place}${at}.md`))?.body, text, `text ${at}`);
    }
  });

  it('refuses text that UTF-8 cannot hold, and writes nothing', async () => {
    const [store, key] = [await open(), `${ownPlace()}half.md`];
    await rejection(store.put(key, 'half a pair: \ud83e'), [InvalidInputError], 'a lone surrogate');
    same(await store.get(key), undefined, 'the refused object');
  });

  it('answers nothing where there is nothing', async () => {
    const [store, place] = [await open(), ownPlace()];
    same(await store.get(`${place}missing.md`), undefined, 'a missing object');
    same(await store.get(`${place}missing/deep.md`), undefined, 'a missing object in a missing folder');
  });

  it('deletes, also what is not there', async () => {
    const [store, key] = [await open(), `${ownPlace()}a.md`];
    await store.put(key, 'a');
    await store.delete(key);
    same(await store.get(key), undefined, 'the deleted object');
    await store.delete(key);
    await store.delete(`${key}/never/was.md`);
  });
}

function versionCases({ it }: Runner, open: OpenStore): void {
  it('marks another body with another version, also one of the same length', async () => {
    const [store, key] = [await open(), `${ownPlace()}a.md`];
    const versions = [];
    for (const body of ['1', '2', '3', '4', '5', '66']) versions.push(await store.put(key, body));
    same(new Set(versions).size, versions.length, 'different versions');
  });

  it('names the same version and time in writes, reads and listings', async () => {
    const [store, place] = [await open(), ownPlace()];
    const before = (await store.probe()).time;
    const version = await store.put(`${place}é.md`.normalize('NFC'), 'é');
    const after = (await store.probe()).time;
    const read = await store.get(`${place}é.md`.normalize('NFC'));
    const [entry] = await entriesOf(store, place);
    same([read?.version, entry?.version, entry?.size], [version, version, 2], 'version, version and bytes');
    const { modifiedAt = 0 } = read ?? {};
    // Whole seconds on some stores, and a store's nodes need not agree to the second.
    check(
      modifiedAt > before - 2500 && modifiedAt < after + 2500,
      `modified between ${before} and ${after}: ${modifiedAt}`,
    );
    check(Math.abs((entry?.modifiedAt ?? 0) - modifiedAt) < 1000, 'the listing gives the time that the read gives');
  });

  it('says what it can do and where it is', async () => {
    const probe = await (await open()).probe();
    check(probe.time > Date.UTC(2020), 'a plausible time');
    check(probe.location.length > 0, 'a location to show');
  });
}

function manyCases({ it }: Runner, open: OpenStore): void {
  it('reads many in the order asked for, with nothing where there is nothing', async () => {
    const [store, place] = [await open(), ownPlace()];
    const keys = Array.from({ length: 80 }, (_, at) => `${place}${at}.md`);
    await Promise.all(keys.map((key, at) => (at % 3 === 0 ? Promise.resolve() : store.put(key, `${at}`))));
    const answers = await store.getMany([...keys, keys[1] ?? '']);
    const bodies = answers.map((answer) => (answer && 'body' in answer ? answer.body : 'nothing'));
    same(bodies, [...keys.map((_, at) => (at % 3 === 0 ? 'nothing' : `${at}`)), '1'], 'the answers');
    same(await store.getMany([]), [], 'no keys');
  });

  it('deletes many, also what is not there', async () => {
    const [store, place] = [await open(), ownPlace()];
    const keys = Array.from({ length: 40 }, (_, at) => `${place}${at}.md`);
    await Promise.all(keys.slice(0, 20).map((key) => store.put(key, 'x')));
    await store.put(`${place}stays.md`, 'x');
    await store.deleteMany(keys);
    same(await listed(store.list(place)), [`${place}stays.md`], 'what is left');
  });
}

function keyCases({ it }: Runner, open: OpenStore): void {
  it('holds names as people write them', async () => {
    const [store, place] = [await open(), ownPlace()];
    for (const name of plainNames) await store.put(place + name, name);
    await expectExactly(store, place, plainNames);
  });

  it('keeps names apart that look alike, or refuses them', async () => {
    const [store, place] = [await open(), ownPlace()];
    const held: string[] = [];
    for (const name of trickyNames) {
      const put = store.put(place + name, name);
      const stored = await put.then(
        () => true,
        () => false,
      );
      if (stored) held.push(name);
      else await rejection(put, [StoreRefusedError, InvalidInputError], `the key ${JSON.stringify(name)}`);
    }
    check(held.length > 5, 'most names are held');
    await expectExactly(store, place, held);
    for (const name of trickyNames.filter((tricky) => !held.includes(tricky))) {
      const answer = await store.get(place + name).catch(() => undefined);
      same(answer, undefined, `the refused key ${JSON.stringify(name)}`);
    }
  });

  for (const [what, key] of Object.entries(keysToRefuse())) {
    it(`refuses a key that ${what}`, async () => {
      const store = await open();
      const kinds = [InvalidInputError, StoreRefusedError];
      await rejection(store.put(key, 'x'), kinds, 'put');
      await rejection(store.get(key), kinds, 'get');
      await rejection(store.delete(key), kinds, 'delete');
    });
  }
}

function keysToRefuse(): Readonly<Record<string, string>> {
  return {
    'is empty': '',
    'starts with a slash': '/contract/a.md',
    'climbs out': '../contract.md',
    'climbs inside': 'contract/a/../b.md',
    'stands still': 'contract/./b.md',
    'is longer than 1024 bytes': `contract/${'é/'.repeat(340)}a.md`,
    'holds NUL': 'contract/a\0.md',
    'holds half a surrogate pair': 'contract/\ud83e.md',
  };
}

async function expectExactly(store: ObjectStore, place: string, names: readonly string[]): Promise<void> {
  for (const name of names) same((await store.get(place + name))?.body, name, `the object ${JSON.stringify(name)}`);
  const keys = (await entriesOf(store, place)).map(({ key }) => key);
  same(keys.toSorted(), names.map((name) => place + name).toSorted(), 'the listing');
}

async function entriesOf(store: ObjectStore, prefix: string): Promise<ListedObject[]> {
  const found: ListedObject[] = [];
  for await (const entry of store.list(prefix)) if ('key' in entry) found.push(entry);
  return found;
}
