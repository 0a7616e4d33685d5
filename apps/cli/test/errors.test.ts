import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPlace, type Place } from './run-in.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
  await place.run('space create alpha');
  await writeFile(join(place.folder, 'empty.md'), '\n');
});
afterEach(() => place.remove());

async function* broken(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('a');
  throw new Error('https://key:hush-hush@host');
}

describe('a fault', () => {
  it.each([
    ['note read beta', 3, 'SPACE_NOT_FOUND'],
    ['space info ../alpha', 2, 'INVALID_INPUT'],
    ['space create _system', 2, 'INVALID_INPUT'],
    ['space create alpha', 4, undefined],
    ['space create b --template none', 2, 'INVALID_INPUT'],
    ['space create b --rules none.md', 2, 'FILE_UNREADABLE'],
    ['note write alpha text -c idea', 2, 'INVALID_INPUT'],
    ['note write alpha text', 2, 'USAGE'],
    ['note write alpha -c todo', 2, 'INVALID_INPUT'],
    ['note write alpha text -c todo --file x', 2, 'USAGE'],
    ['note write alpha -c todo --file none', 2, 'FILE_UNREADABLE'],
    ['note write alpha -c todo --file .', 2, 'FILE_UNREADABLE'],
    [`note write alpha ${'x'.repeat(100_001)} -c todo`, 2, 'INVALID_INPUT'],
    ['note read alpha --limit many', 2, 'USAGE'],
    ['note read alpha --limit 0', 2, 'INVALID_INPUT'],
    ['note read alpha --since soon', 2, 'INVALID_INPUT'],
    ['note read alpha --colour', 2, 'USAGE'],
    ['bank read alpha ../secret.md', 2, 'INVALID_INPUT'],
    ['bank read alpha none.md', 3, 'DOCUMENT_NOT_FOUND'],
    ['bank write alpha ../x.md text', 2, 'INVALID_INPUT'],
    ['bank write alpha /x.md text', 2, 'INVALID_INPUT'],
    ['bank write alpha x.txt text', 2, 'INVALID_INPUT'],
    ['bank write alpha x.md -', 2, 'EMPTY_TEXT'],
    ['bank write alpha x.md', 2, 'EMPTY_TEXT'],
    ['bank write alpha x.md --file empty.md', 2, 'EMPTY_TEXT'],
    ['bank diff alpha 1 none.md', 3, 'DOCUMENT_NOT_FOUND'],
    ['bank history alpha none.md', 3, 'DOCUMENT_NOT_FOUND'],
    ['bank diff alpha 9', 3, 'COMMIT_NOT_FOUND'],
    ['bank diff alpha one', 2, 'USAGE'],
    ['bank undo alpha 1 --yes', 4, 'UNDO_CONFLICT'],
    ['bank read', 2, 'USAGE'],
    ['bank', 2, 'USAGE'],
    ['bnak read', 2, 'USAGE'],
    ['space list more', 2, 'USAGE'],
  ])('of %s ends with %i, told as JSON and as a line', async (command, code, name) => {
    const { code: ended, answer } = await place.json(command);
    expect({ ended, name: answer['code'] }).toEqual({ ended: code, name });
    const told = await place.run(command);
    expect(told.code).toBe(code);
    expect(told.out === '').toBe(name !== undefined);
    expect(told.err + told.out).not.toMatch(/^\s+at .*:\d+:\d+/m);
    expect(told.err).not.toMatch(/expected (string|number|int)|received|is invalid|^\{/im);
  });

  it.each([
    ['note read alpha -n 0', 'error: limit: must be at least 1\n'],
    ['note read alpha -n 501', 'error: limit: must be at most 500\n'],
    ['note read alpha -n many', 'error: --limit: "many" is no whole number of at most 9 digits; see --help\n'],
    ['bank diff alpha one', 'error: <commit>: "one" is no whole number of at most 9 digits; see --help\n'],
    ['bank write alpha x.md -', 'error: no text came in: x.md stays as it is; --allow-empty writes it all the same\n'],
    [
      'bank history alpha none.md',
      'error: the bank has no document named "none.md": list the bank for its names\nlive-mem bank list SPACE shows the documents there are, live-mem bank history SPACE those there were.\n',
    ],
  ])('of %s is told in plain words', async (command, words) => {
    expect((await place.run(command)).err).toBe(words);
  });

  it('of several lines names each of them', async () => {
    const { err, code } = await place.run('note import alpha -', { stdin: '{"half\n{}\n' });
    expect(code).toBe(2);
    expect(err).toMatch(/- line 1: JSON: it is no JSON object\n- line 2: timestamp/);
  });

  it.each([
    [[0x61, 0x62, 0xff], 2],
    [[0xc3], 0],
    [[0xef, 0xbf, 0xbd, 0xed, 0xa0, 0x80], 3],
  ])('of a text that is not UTF-8 (%j) names the byte', async (bytes, at) => {
    const { code, answer } = await place.json('note write alpha -c todo', { stdin: Uint8Array.from(bytes) });
    expect({ code, answer }).toMatchObject({
      code: 2,
      answer: { code: 'NOT_UTF8', message: expect.stringContaining(`byte ${at} `) },
    });
  });

  it('of stored data is to be reported, and names the object', async () => {
    const commits = join(place.folder, 'data/alpha/_commits');
    for (const name of await readdir(commits)) await writeFile(join(commits, name), '{"half');
    const { code, answer } = await place.json('bank read alpha');
    expect({ code, answer }).toMatchObject({ code: 7, answer: { code: 'UNREADABLE_OBJECT', remedy: 'report' } });
    expect(answer['message']).toContain('alpha/_commits/');
  });

  it('of one space does not hide the others from the list, which ends with it', async () => {
    await writeFile(join(place.folder, 'data/alpha/_commits/0000000001.json'), '{"half');
    const alone = await place.run('space list');
    expect(alone).toMatchObject({ code: 7, out: expect.stringMatching(/^✗ alpha: /) });
    expect(alone.out).not.toContain('No spaces');
    await place.run('space create beta');
    expect(await place.run('space list')).toMatchObject({
      code: 7,
      out: expect.stringMatching(/^beta .*^✗ alpha: /ms),
    });
    expect(await place.json('space list')).toMatchObject({
      code: 7,
      answer: { status: 'ok', total: 1, unreadable: [{ space_id: 'alpha' }] },
    });
    await rm(join(place.folder, 'data'), { recursive: true });
    expect(await place.run('space list')).toMatchObject({ code: 0, out: expect.stringContaining('No spaces yet') });
  });

  it('of the setup names the folder', async () => {
    await writeFile(join(place.folder, 'file'), '');
    const variables = { LIVE_MEM_DATA: 'file/data' };
    expect(await place.json('space create beta', { variables })).toMatchObject({
      code: 6,
      answer: { code: 'STORE_REFUSED' },
    });
    expect(await place.json('doctor', { variables })).toMatchObject({ code: 6, answer: { remedy: 'fix-setup' } });
    expect(await place.json('init', { variables })).toMatchObject({ code: 6, answer: { code: 'CANNOT_WRITE' } });
  });

  it('nobody expected tells its words to the log alone', async () => {
    const { code, out, err } = await place.run('note write alpha -c todo --json', { stdin: broken() });
    expect(code).toBe(7);
    expect(JSON.parse(out)).toMatchObject({ status: 'error', code: 'INTERNAL', remedy: 'report' });
    expect(out).not.toContain('hush-hush');
    expect(err).toBe('error: nobody expected this: https://key:hush-hush@host\n');
    const logged = await place.run('note write alpha -c todo --json', {
      stdin: broken(),
      variables: { LIVE_MEM_LOG: 'error' },
    });
    expect(JSON.parse(logged.err)).toMatchObject({ level: 'error', cause: { message: 'https://key:hush-hush@host' } });
    expect(logged.err).not.toContain('errors.test');
  });
});

describe('a warning of the memory', () => {
  it('is one line for people, and lines of JSON where a log is asked for', async () => {
    for (const name of ['a', 'b']) {
      await place.run(['bank', 'write', 'alpha', `${name}.md`, 'text']);
      await writeFile(join(place.folder, `data/alpha/bank/${name}.md`), Uint8Array.of(0xff));
    }
    const { code, out, err } = await place.run('bank read alpha');
    expect({ code, err }).toEqual({
      code: 0,
      err: 'warning: a stored document cannot be read: live-mem doctor names it\n',
    });
    expect(out).toMatch(/^! a\.md: .*key=alpha\/bank\/a\.md.*\n! b\.md: /m);
    const logged = await place.run('bank read alpha', { variables: { LIVE_MEM_LOG: 'warn' } });
    const [first = ''] = logged.err.split('\n');
    expect(JSON.parse(first)).toMatchObject({ level: 'warn', message: 'document cannot be read' });
  });
});

describe('secrets', () => {
  const secrets = {
    S3_SECRET_ACCESS_KEY: 'hush-hush',
    LLMAAS_API_KEY: 'hush-hush',
    S3_ACCESS_KEY_ID: 'hush-hush',
    S3_SESSION_TOKEN: 'hush-hush',
    S3_PROXY_URL: 'http://ann:hush-hush@127.0.0.1',
  };
  const forced = { LIVE_MEM_STORE: 'folder', LIVE_MEM_CONSOLIDATOR: 'outline', LIVE_MEM_LOG: 'debug' };

  it.each(['space list', 'doctor', 'init', 'bank read alpha', 'note read nowhere'])(
    'are never shown by %s',
    async (command) => {
      for (const variables of [secrets, { ...secrets, ...forced }]) {
        for (const words of [command, `${command} --json`]) {
          const { out, err } = await place.run(words, { variables });
          expect(out + err).not.toContain('hush');
        }
      }
    },
  );
});

describe('the settings', () => {
  it('that lack what their store needs are refused before anything is done', async () => {
    await mkdir(join(place.folder, 'untouched'));
    const variables = { LIVE_MEM_STORE: 's3', LIVE_MEM_DATA: 'untouched' };
    const { code, answer } = await place.json('space create beta', { variables });
    expect({ code, answer }).toMatchObject({ code: 6, answer: { code: 'WRONG_SETTINGS', remedy: 'fix-setup' } });
    for (const part of ['S3_ENDPOINT_URL', 'S3_BUCKET_NAME is missing', 'LIVE_MEM_STORE=folder'])
      expect(answer['message']).toContain(part);
    expect(await readdir(join(place.folder, 'untouched'))).toEqual([]);
  });
});
