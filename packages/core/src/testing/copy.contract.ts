import { listed, type OpenStore, ownPlace, type Runner, same } from './contract.ts';

/** What every store promises of a copy. */
export function copyContract({ it }: Runner, open: OpenStore): void {
  it('copies a text and leaves the first where it is', async () => {
    const [store, place] = [await open(), ownPlace()];
    const text = '\u{feff}é 🧠\r\n';
    await store.put(`${place}from +%.md`, text);
    const version = await store.copy(`${place}from +%.md`, `${place}deep/to é.md`);
    const copied = await store.get(`${place}deep/to é.md`);
    same([copied?.body, copied?.version], [text, version], 'text and version of the copy');
    await store.put(`${place}from +%.md`, 'changed');
    same((await store.get(`${place}deep/to é.md`))?.body, text, 'the copy after the first was changed');
  });

  it('copies over what is there', async () => {
    const [store, place] = [await open(), ownPlace()];
    await store.put(`${place}a`, 'new');
    await store.put(`${place}b`, 'old');
    const version = await store.copy(`${place}a`, `${place}b`);
    const copied = await store.get(`${place}b`);
    same([copied?.body, copied?.version], ['new', version], 'text and version');
    same(await listed(store.list(place)), [`${place}a`, `${place}b`], 'the listing');
  });

  it('answers nothing where there is nothing to copy, and leaves the target as it is', async () => {
    const [store, place] = [await open(), ownPlace()];
    await store.put(`${place}b`, 'stays');
    same(await store.copy(`${place}missing`, `${place}b`), undefined, 'the version');
    same((await store.get(`${place}b`))?.body, 'stays', 'the target');
  });
}

/** For stores that copy on their own side, without moving the bytes through this process. */
export function serverSideCopyContract(runner: Runner, open: OpenStore): void {
  copyContract(runner, open);
  runner.it('claims the ability', async () => {
    same((await (await open()).probe()).serverSideCopy, true, 'the probe');
  });
}
