import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPlace, type Place } from './run-in.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
  await place.run('space create alpha -d First');
});
afterEach(() => place.remove());

const note = (content: string, ...more: string[]): string[] => [
  'note',
  'write',
  'alpha',
  content,
  '-c',
  'decision',
  ...more,
];
const line = (content: string): string =>
  JSON.stringify({ timestamp: '2026-01-01T00:00:00Z', agent: 'bob', category: 'todo', content });

describe('a day with live-mem', () => {
  it('goes from a note to a document and back', async () => {
    expect(await place.run(note('We keep all in S3', '-t', 's3, store', '-t', 'folder'))).toMatchObject({
      code: 0,
      err: '',
    });
    const read = await place.run('note read alpha');
    expect(read.out).toBe('decision · ann · just now · s3, store, folder\n  We keep all in S3\n');
    expect((await place.run('bank consolidate alpha')).out).toMatch(/^✓ 1 note consolidated.*commit 2/);
    expect((await place.run('bank list alpha')).out).toContain('decisions.md');
    expect((await place.run('bank read alpha')).out).toContain('We keep all in S3');
    expect((await place.run('bank history alpha')).out).toMatch(/2 +consolidate/);
    expect((await place.run('bank diff alpha 2 decisions.md')).out).toMatch(/^\+.*We keep all in S3/m);
    expect((await place.run('space summary alpha')).out).toContain('We keep all in S3');
    expect((await place.run('bank undo alpha 2 --yes')).out).toContain('1 note back');
    expect((await place.run('note search alpha all in')).out).toContain('We keep all in S3');
  });

  it('writes and deletes documents by hand', async () => {
    expect((await place.run('bank write alpha brief.md -', { stdin: '# Brief\n' })).out).toContain('Created brief.md');
    expect((await place.run('bank read alpha brief.md')).out).toBe('# Brief\n');
    expect((await place.run('bank write alpha brief.md -', { stdin: '# Brief\n' })).out).toContain(
      'nothing was changed',
    );
    expect((await place.run('bank delete alpha brief.md --yes')).out).toContain('live-mem bank undo alpha 3');
    expect((await place.run('bank read alpha')).out).toBe('The bank is empty.\n');
  });

  it('empties a document only where that is meant', async () => {
    await place.run('bank write alpha a.md text');
    for (const stdin of ['', '\n', '\uFEFF']) {
      expect(await place.json('bank write alpha a.md -', { stdin })).toMatchObject({
        code: 2,
        answer: { code: 'EMPTY_TEXT' },
      });
    }
    expect((await place.run('bank read alpha a.md')).out).toBe('text');
    expect(await place.json('bank write alpha a.md - --allow-empty')).toMatchObject({ code: 0, answer: { size: 0 } });
    expect(await place.json(['bank', 'write', 'alpha', 'b.md', ''])).toMatchObject({ code: 0, answer: { size: 0 } });
    expect((await place.run('bank read alpha a.md')).out).toBe('');
  });

  it('gives a document and the rules back byte for byte, but on a terminal', async () => {
    const text = '\uFEFF# Brief\r\nno line end';
    await place.run('bank write alpha brief.md -', { stdin: text });
    expect((await place.run('bank read alpha brief.md')).out).toBe(text);
    expect((await place.run('bank read alpha brief.md', { terminal: true })).out).toMatch(/no line end\n$/);
    await writeFile(join(place.folder, 'rules.md'), '# Rules');
    await place.run('space create beta --rules rules.md');
    expect((await place.run('space rules beta')).out).toBe('# Rules');
  });

  it('takes texts from arguments, files and pipes', async () => {
    await writeFile(join(place.folder, 'idea.md'), '\uFEFFfrom a file\n');
    await place.run(['note', 'write', 'alpha', 'from', 'arguments', '-c', 'todo']);
    await place.run('note write alpha -c todo --file idea.md');
    await place.run('note write alpha -c todo -', { stdin: 'from a dash\n' });
    await place.run('note write alpha -c todo', { stdin: 'from a pipe\r\n' });
    const { answer } = await place.json('note read alpha');
    const contents = (answer['notes'] as { content: string }[]).map(({ content }) => content);
    expect(contents.toSorted()).toEqual(['from a dash', 'from a file', 'from a pipe', 'from arguments']);
  });

  it('imports notes from a file or a pipe, once', async () => {
    await writeFile(join(place.folder, 'notes.jsonl'), `${line('one')}\n${line('two')}\n`);
    expect((await place.run('note import alpha notes.jsonl')).out).toContain('2 notes imported (2 lines)');
    const again = await place.run('note import alpha -', { stdin: `${line('one')}\n${line('three')}` });
    expect(again.out).toContain('1 note imported, 1 were there already');
    expect((await place.run('space info alpha')).out).toMatch(/live notes +3/);
  });

  it('makes a retry write one note', async () => {
    await place.run(note('once', '--request-id', 'r1'));
    await place.run(note('once', '--request-id', 'r1'));
    expect(await place.json('note read alpha')).toMatchObject({ answer: { total: 1 } });
    expect(await place.json(note('twice', '--request-id', 'r1'))).toMatchObject({
      code: 2,
      answer: { code: 'REQUEST_REUSED' },
    });
  });

  it('signs with --agent, and consolidates the notes of one agent alone', async () => {
    await place.run(note('mine'));
    await place.run(note('theirs', '--agent', 'cline'));
    const { answer } = await place.json('bank consolidate alpha --agent cline --dry-run');
    expect(answer).toMatchObject({ notes_processed: 1, dry_run: true });
    expect(await place.json('bank consolidate alpha --agent cline')).toMatchObject({ answer: { notes_processed: 1 } });
    expect(await place.json('note read alpha')).toMatchObject({ answer: { notes: [{ agent: 'ann' }] } });
  });

  it('goes on with the next page', async () => {
    for (const content of ['one', 'two', 'three']) await place.run(note(content));
    const { out } = await place.run('note read alpha -n 2');
    const [, cursor = ''] = /--cursor (\S+)/.exec(out) ?? [];
    expect((await place.run(`note read alpha --cursor ${cursor}`)).out.match(/decision/g)).toHaveLength(1);
  });
});

describe('what would take something away', () => {
  it('asks on a terminal', async () => {
    await place.run('bank write alpha old.md text');
    const kept = await place.run('bank delete alpha old.md', { answers: ['n'] });
    expect(kept).toMatchObject({ code: 2 });
    expect(kept.err).toMatch(/It would delete "old.md", 4 bytes.*Do it\?/s);
    const interrupted = await place.run('bank delete alpha old.md', { answers: [undefined] });
    expect(interrupted).toMatchObject({
      code: 130,
      err: expect.stringMatching(/\[y\/N\] interrupted: nothing was changed\n$/),
    });
    expect((await place.run('bank delete alpha old.md', { answers: ['y'] })).code).toBe(0);
    expect((await place.run('bank list alpha')).out).toContain('empty');
  });

  it.each(['bank delete alpha old.md', 'bank undo alpha 2'])('%s needs --yes elsewhere', async (command) => {
    await place.run('bank write alpha old.md text');
    expect(await place.run(command)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('add --yes') });
    const { code, answer } = await place.json(command, { answers: ['y'] });
    expect({ code, answer }).toMatchObject({ code: 2, answer: { code: 'CONFIRMATION_NEEDED', remedy: 'fix-input' } });
    expect((await place.run('bank list alpha')).out).toContain('old.md');
    expect((await place.run(`${command} -y`)).code).toBe(0);
  });
});

describe('setting up', () => {
  it('init writes a .env that changes nothing and makes the folder; it keeps what is there', async () => {
    const fresh = await openPlace();
    expect((await fresh.run('init')).out).toContain('Wrote');
    expect(await readFile(join(fresh.folder, '.env'), 'utf8')).toContain('# LIVE_MEM_DATA=./data');
    expect((await stat(join(fresh.folder, 'data'))).isDirectory()).toBe(true);
    await writeFile(join(fresh.folder, '.env'), 'LIVE_MEM_DATA=elsewhere\n');
    expect(await fresh.json('init')).toMatchObject({
      answer: { env_file_created: false, folder: join(fresh.folder, 'elsewhere') },
    });
    await fresh.run('space create beta');
    expect((await stat(join(fresh.folder, 'elsewhere/beta'))).isDirectory()).toBe(true);
    await fresh.remove();
  });

  it('init makes no folder where a bucket holds the memory', async () => {
    const variables = {
      S3_ENDPOINT_URL: 'https://s3.example.org',
      S3_ACCESS_KEY_ID: 'AKIA0001',
      S3_SECRET_ACCESS_KEY: 'hush-hush',
      S3_BUCKET_NAME: 'our-memory',
    };
    const fresh = await openPlace();
    expect((await fresh.run('init', { variables })).out).toContain('The memory is kept in the bucket our-memory');
    expect(await readdir(fresh.folder)).toEqual(['.env']);
    await fresh.remove();
  });

  it('doctor tries every part', async () => {
    const { code, answer } = await place.json('doctor');
    const parts = (answer['checks'] as { part: string; result: string }[]).map(
      ({ part, result }) => `${result} ${part}`,
    );
    expect({ code, status: answer['status'] }).toEqual({ code: 0, status: 'healthy' });
    expect(parts).toEqual(
      [
        'node',
        'settings',
        'store',
        'write and read',
        'create if absent',
        'compare and swap',
        'server-side copy',
        'clock of the store',
        'consolidator',
        'space alpha',
      ].map((part) => `ok ${part}`),
    );
    expect((await place.run('space list')).out).not.toContain('_system');
  });

  it('doctor names wrong settings and goes no further', async () => {
    const { code, out } = await place.run('doctor', {
      variables: { LIVE_MEM_LOG: 'loud', S3_ENDPOINT_URL: 'https://your-endpoint.s3' },
    });
    expect(code).toBe(6);
    expect(out).toMatch(/fail +settings +LIVE_MEM_LOG must be/);
    expect(out).not.toContain('consolidator');
  });

  it('doctor names what has no effect', async () => {
    const { code, out } = await place.run('doctor', { variables: { LIVE_MEM_STORE: 'folder', S3_REGION_NAME: 'fr1' } });
    expect(code).toBe(0);
    expect(out).toMatch(/warn +settings +without effect: S3_REGION_NAME/);
  });
});
