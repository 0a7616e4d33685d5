import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPlace, type Place } from './run-in.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
  await place.run('space create alpha');
  for (const name of ['a', 'b', 'c']) await place.run(['bank', 'write', 'alpha', `${name}.md`, `# ${name}\n`]);
});
afterEach(() => place.remove());

interface Check {
  readonly part: string;
  readonly result: string;
  readonly detail: string;
  readonly remedy?: string;
}

const commit = (n: number): string => `alpha/_commits/${String(n).padStart(10, '0')}.json`;

async function store(key: string, content: string | Uint8Array): Promise<void> {
  const path = join(place.folder, 'data', key);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

/** What is said of spaces: result, detail and remedy of each check. */
async function examined(): Promise<{ code: number; remedy: unknown; said: string[] }> {
  const { code, answer } = await place.json('doctor');
  const checks = (answer['checks'] as Check[]).filter(({ part }) => part.startsWith('space'));
  const said = checks.map(({ result, detail, remedy }) => [result, detail, ...(remedy ? [remedy] : [])].join(' | '));
  return { code, remedy: answer['remedy'], said };
}

const restore = 'restore this object from a copy of the store; or the space, from a backup: live-mem backup restore$';

function harmlessHint(why: string): string {
  return `warn | stored object cannot be read: key=alpha/_head.json: ${why} | harmless: delete it, it is written again`;
}

describe('doctor', () => {
  it('finds nothing where nothing is wrong: edits by hand, sentinels, spaces without a log, deleted files', async () => {
    await store('alpha/bank/a.md', '# edited by hand\n');
    await store('alpha/bank/.keep', '');
    await store('alpha/live/.keep', '');
    await store('beta/_meta.json', await readFile(join(place.folder, 'data/alpha/_meta.json')));
    await store('no-space/file.txt', '');
    await rm(join(place.folder, 'data/alpha/bank/b.md'));
    const { code, said } = await examined();
    expect({ code, said }).toEqual({
      code: 0,
      said: ['ok | 0 live notes, 3 documents', 'ok | 0 live notes, 0 documents'],
    });
  });

  it('names every commit that cannot be read, also beneath a newest one that cannot', async () => {
    await store(commit(2), '{"half');
    await store(commit(3), '{"format": 1}');
    const some = await examined();
    expect(some).toMatchObject({ code: 7, remedy: 'report' });
    expect(some.said).toEqual([
      expect.stringMatching(`^fail \\| .*key=${commit(2)}: it is no JSON \\| ${restore}`),
      expect.stringMatching(new RegExp(`^fail \\| .*key=${commit(3)}: .* \\| ${restore}`, 's')),
    ]);
    await store(commit(4), Uint8Array.of(0xff));
    const { said } = await examined();
    expect(said.map((line) => /key=(\S+):/.exec(line)?.[1])).toEqual([commit(2), commit(4)]);
    expect(said.join()).not.toContain('move');
  });

  it('names a gap in the numbers of the log', async () => {
    await rename(join(place.folder, 'data', commit(2)), join(place.folder, 'data/alpha/_commits/2.json'));
    const { code, said } = await examined();
    expect(code).toBe(7);
    expect(said).toEqual([
      expect.stringMatching(`^fail \\| a commit is missing from the log: key=${commit(2)} \\| ${restore}`),
      expect.stringMatching(/^warn \| 1 file in _commits\/ that nothing reads: 2\.json \| /),
    ]);
  });

  it('names every document and note that cannot be read', async () => {
    await store('alpha/bank/a.md', Uint8Array.of(0xff));
    await store('alpha/bank/new.md', Uint8Array.of(0xff));
    await store('alpha/live/20260101T000000_x_todo_00000000.md', 'no front matter');
    await store('alpha/live/20260101T000000_x_todo_00000001.md', Uint8Array.of(0xff));
    const { code, said } = await examined();
    expect(code).toBe(7);
    expect(new Set(said.map((line) => /^fail \| .*key=(\S+):/.exec(line)?.[1]))).toEqual(
      new Set([
        'alpha/bank/a.md',
        'alpha/bank/new.md',
        'alpha/live/20260101T000000_x_todo_00000000.md',
        'alpha/live/20260101T000000_x_todo_00000001.md',
      ]),
    );
  });

  it('warns of files that nobody reads', async () => {
    await store('alpha/live/todo.txt', 'x');
    await store('alpha/live/sub/20260101T000000_x_todo_00000000.md', 'x');
    await store('alpha/bank/picture.png', 'x');
    const { code, said } = await examined();
    expect(code).toBe(0);
    expect(said).toEqual([
      expect.stringMatching(/^warn \| 1 file in bank\/ that are no documents: picture\.png \| /),
      expect.stringMatching(/^warn \| 2 files in live\/ with no name of a note: sub\/.*\.md, todo\.txt \| /),
    ]);
  });

  it('names a space whose description cannot be read', async () => {
    await store('broken/_meta.json', '{');
    const { code, said } = await examined();
    expect(code).toBe(7);
    expect(said).toEqual([
      'ok | 0 live notes, 3 documents',
      expect.stringMatching(
        /key=broken\/_meta.json: .* \| restore this object from a copy .*: the space has no log yet/,
      ),
    ]);
  });

  it('has a damaged description written again from the log', async () => {
    await store('alpha/_meta.json', '{');
    const { code, said } = await examined();
    expect({ code, said }).toEqual({
      code: 7,
      said: [
        'fail | stored object cannot be read: key=alpha/_meta.json: it is no JSON | delete it: the next consolidation writes it again from the log, its description and owner too; fields of other programs are lost',
      ],
    });
    await rm(join(place.folder, 'data/alpha/_meta.json'));
    await place.run('note write alpha text -c todo');
    await place.run('bank consolidate alpha');
    expect(await readFile(join(place.folder, 'data/alpha/_meta.json'), 'utf8')).toContain('"space_id": "alpha"');
    expect((await examined()).code).toBe(0);
  });

  it('names every record of a request that cannot be read', async () => {
    const stdin = '{"timestamp":"2026-01-01T00:00:00Z","agent":"a","category":"todo","content":"x"}';
    await place.run('note import alpha -', { stdin });
    expect((await examined()).code).toBe(0);
    await store('alpha/_requests/a.json', '{"half');
    await store('alpha/_requests/b.json', '{"key": "no-note"}');
    await store('alpha/_requests/c.json', Uint8Array.of(0xff));
    const { code, said } = await examined();
    expect(code).toBe(7);
    expect(said).toEqual(
      ['a', 'b', 'c'].map((name) =>
        expect.stringMatching(
          `^fail \\| .*key=alpha/_requests/${name}.json: .* \\| restore .*, or delete it: then a repetition`,
        ),
      ),
    );
  });

  it('names a registry of tokens that cannot be read', async () => {
    await store('_system/tokens.json', '{"tokens": [');
    const { answer } = await place.json('doctor');
    expect(JSON.stringify(answer)).toMatch(/_system\/tokens\.json.*until then no token works/);
  });

  it('says of a hint that cannot be read that it is harmless', async () => {
    await store('alpha/_head.json', '{"half');
    expect(await examined()).toMatchObject({ code: 0, said: [harmlessHint('it is no JSON')] });
    await rm(join(place.folder, 'data/alpha/_head.json'));
    await mkdir(join(place.folder, 'data/alpha/_head.json'));
    expect(await examined()).toMatchObject({ code: 0, said: [harmlessHint('it is a folder')] });
    await rm(join(place.folder, 'data/alpha/_head.json'), { recursive: true });
    await place.run(['bank', 'write', 'alpha', 'd.md', '# d']);
    expect(JSON.parse(await readFile(join(place.folder, 'data/alpha/_head.json'), 'utf8'))).toEqual({ settled: 5 });
  });

  it('prints no log beside what it says', async () => {
    await store('alpha/bank/a.md', Uint8Array.of(0xff));
    expect((await place.run('doctor')).err).toBe('');
    const { err } = await place.run('doctor', { variables: { LIVE_MEM_LOG: 'warn' } });
    expect(JSON.parse(err.split('\n')[0] ?? '')).toMatchObject({ level: 'warn' });
  });
});
