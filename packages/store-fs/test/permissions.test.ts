import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { ask, workerStarter } from './run-worker.ts';
import { temporaryFolders } from './temp-folder.ts';

const newFolder = temporaryFolders();
const startWorker = workerStarter(new URL('worker.ts', import.meta.url));

const closed: string[] = [];
afterEach(() => {
  // Or whoever is not root could not remove them.
  for (const path of closed.splice(0)) chmodSync(path, 0o700);
});

/** A folder that anybody may read, but for what is closed. */
function folderWith(keys: readonly string[]): string {
  const folder = newFolder();
  chmodSync(folder, 0o755);
  for (const key of keys) {
    mkdirSync(join(folder, dirname(key)), { recursive: true });
    writeFileSync(join(folder, key), `text of ${key}`);
  }
  return folder;
}

function close(path: string, mode = 0): string {
  chmodSync(path, mode);
  closed.push(path);
  return path;
}

interface Look {
  readonly answer: { readonly read: readonly string[] | string; readonly listed: readonly (string[] | string)[] };
}

async function look(
  folder: string,
  keys: readonly string[],
  prefixes: readonly { readonly prefix: string; readonly delimiter?: string }[] = [],
): Promise<Look['answer']> {
  const { answer } = (await ask(await startWorker(), { do: 'look', folder, keys, prefixes })) as Look;
  return answer;
}

function refused(path: string): unknown {
  return expect.stringMatching(`^STORE_REFUSED: could not list .*${path} .*EACCES`);
}

describe('what this user may not read', () => {
  it('of one file is one answer that names the key and the remedy; the others are read', async () => {
    const folder = folderWith(['alpha/a.md', 'alpha/b.md', 'top.md']);
    close(join(folder, 'alpha/a.md'));
    close(join(folder, 'top.md'));
    const { read, listed } = await look(folder, ['alpha/a.md', 'alpha/b.md', 'top.md'], [{ prefix: '' }]);
    const refusal = /^UNREADABLE_OBJECT: .*key=KEY: .*EACCES.*give this user the right to read it/.source;
    expect(read).toEqual([
      expect.stringMatching(refusal.replace('KEY', 'alpha/a.md')),
      'text of alpha/b.md',
      expect.stringMatching(refusal.replace('KEY', 'top.md')),
    ]);
    expect(listed).toEqual([['alpha/a.md', 'alpha/b.md', 'top.md']]);
  }, 20_000);

  it('of a folder inside hides no other folder, and loses no key without a word', async () => {
    const folder = folderWith(['alpha/_meta.json', 'beta/_meta.json', 'beta/bank/a.md', 'beta/live/b.md']);
    const alpha = close(join(folder, 'alpha'));
    const bank = close(join(folder, 'beta/bank'));
    const { read, listed } = await look(
      folder,
      ['alpha/_meta.json', 'beta/_meta.json', 'beta/bank/a.md'],
      [
        { prefix: '', delimiter: '/' },
        { prefix: 'beta/', delimiter: '/' },
        { prefix: 'beta/live/' },
        { prefix: 'alpha/' },
        { prefix: 'beta/' },
        { prefix: 'beta/bank/', delimiter: '/' },
        { prefix: '' },
      ],
    );
    expect(read).toEqual([
      expect.stringMatching(`^UNREADABLE_OBJECT: .*key=alpha/_meta.json: .*${alpha} .*give this user the right`),
      'text of beta/_meta.json',
      expect.stringMatching(`^UNREADABLE_OBJECT: .*key=beta/bank/a.md: .*${bank} `),
    ]);
    expect(listed).toEqual([
      ['alpha/', 'beta/'],
      ['beta/_meta.json', 'beta/bank/', 'beta/live/'],
      ['beta/live/b.md'],
      refused(alpha),
      refused(bank),
      refused(bank),
      refused(alpha),
    ]);
  }, 20_000);

  it('of a folder that may be read and not searched is said as well', async () => {
    const folder = folderWith(['alpha/a.md']);
    const alpha = close(join(folder, 'alpha'), 0o444);
    const { read, listed } = await look(folder, ['alpha/a.md'], [{ prefix: '', delimiter: '/' }, { prefix: 'alpha/' }]);
    expect(read).toEqual([expect.stringMatching(`^UNREADABLE_OBJECT: .*${alpha} `)]);
    expect(listed).toEqual([['alpha/'], expect.stringMatching(`^STORE_REFUSED: .*${alpha} `)]);
  }, 20_000);

  it('of the whole store is refused: nothing can be read', async () => {
    const folder = close(folderWith(['alpha/a.md']));
    const { read, listed } = await look(folder, ['alpha/a.md'], [{ prefix: '', delimiter: '/' }]);
    expect(read).toMatch(`STORE_REFUSED: could not read in the folder ${folder} `);
    expect(listed).toEqual([expect.stringMatching(`^STORE_REFUSED: could not list in the folder ${folder} `)]);
  }, 20_000);
});
