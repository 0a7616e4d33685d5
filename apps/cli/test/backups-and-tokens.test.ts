import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPlace, type Place } from './run-in.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
  await place.run('space create alpha -d first');
  await place.run(['note', 'write', 'alpha', 'We chose S3', '-c', 'decision']);
  await place.run('bank consolidate alpha');
});
afterEach(() => place.remove());

const backupOf = async (): Promise<string> =>
  String((await place.json('backup create alpha -d why')).answer['backup_id']);

describe('backup', () => {
  it('creates, lists, verifies, restores and deletes', async () => {
    const backup = await backupOf();
    expect((await place.run('backup list')).out).toMatch(/alpha\/\S+ +4 .*why/);
    expect(await place.run(['backup', 'verify', backup])).toMatchObject({
      code: 0,
      out: '✓ 4 files, each as its manifest says.\n',
    });
    expect(await place.run(['backup', 'restore', backup, '--yes'])).toMatchObject({
      code: 4,
      err: expect.stringContaining('--as OTHER'),
    });
    expect((await place.run(['backup', 'restore', backup, '--as', 'beta', '--yes'])).out).toContain('beta is restored');
    expect((await place.run('bank read beta decisions.md')).out).toContain('We chose S3');
    expect((await place.run(['backup', 'delete', backup])).code).toBe(2);
    expect((await place.run(['backup', 'delete', backup, '--yes'])).code).toBe(0);
    expect(await place.run(['backup', 'verify', backup])).toMatchObject({
      code: 3,
      err: expect.stringContaining('live-mem backup list'),
    });
  });

  it('copies all spaces, and wants to be told which', async () => {
    await place.run('space create beta');
    const { answer } = await place.json('backup create --all');
    expect(answer).toMatchObject({ status: 'created', backups: [{ space_id: 'alpha' }, { space_id: 'beta' }] });
    expect((await place.run('backup create')).code).toBe(2);
  });

  it('says what is wrong with a damaged one, with an exit code of its own', async () => {
    const backup = await backupOf();
    const { rm } = await import('node:fs/promises');
    await rm(join(place.folder, 'data', '_backups', backup, 'bank', 'decisions.md'));
    expect(await place.run(['backup', 'verify', backup])).toMatchObject({
      code: 1,
      out: expect.stringContaining('✗ bank/decisions.md: missing'),
    });
    expect(await place.run(['backup', 'restore', backup, '--as', 'beta', '--yes'])).toMatchObject({ code: 7 });
  });

  it('downloads an archive whole, or into another program, never to a terminal', async () => {
    const backup = await backupOf();
    const { code, answer } = await place.json(['backup', 'download', backup, '-o', 'a.tar.gz']);
    expect({ code, files: answer['files_count'] }).toEqual({ code: 0, files: 4 });
    const tar = gunzipSync(await readFile(join(place.folder, 'a.tar.gz'))).toString('latin1');
    expect(tar).toContain(`${backup.replace('/', '-')}/bank/decisions.md`);
    expect((await place.run(['backup', 'download', backup, '-o', '-'], { terminal: true })).code).toBe(2);
    expect(await place.run(['backup', 'download', backup, '-o', 'none/a.tar.gz'])).toMatchObject({
      code: 6,
      err: expect.stringContaining('cannot be written (ENOENT)'),
    });
  });
});

describe('space', () => {
  it('is updated, exported, deleted, and lives again without what it held', async () => {
    expect((await place.run(['space', 'update', 'alpha', '-d', 'second'])).out).toContain('Updated description');
    expect((await place.run('space info alpha')).out).toContain('second');
    expect((await place.run('space update alpha')).code).toBe(2);
    expect((await place.run('space export alpha -o alpha.tar.gz')).out).toContain('4 files');
    expect((await place.run('space delete alpha')).err).toContain('1 documents');
    expect((await place.run('space delete alpha --yes')).code).toBe(0);
    expect((await place.run('space info alpha')).code).toBe(3);
    await place.run('space create alpha');
    const { answer } = await place.json('space summary alpha');
    expect(answer).toMatchObject({ bank_file_count: 0, live: { notes_count: 0 } });
    expect((await place.json('bank history alpha')).answer['commits']).toHaveLength(1);
  });

  it('gets other rules, which can be undone', async () => {
    const { answer } = await place.json('space update-rules alpha --template book');
    expect((await place.run('space rules alpha')).out).not.toContain('# Rules of a software project');
    expect((await place.run(['bank', 'undo', 'alpha', String(answer['commit']), '--yes'])).code).toBe(0);
    expect((await place.run('space update-rules alpha --template nope')).code).toBe(2);
    expect((await place.run('space update-rules alpha')).code).toBe(2);
  });

  it('lists the templates, and prints one byte for byte', async () => {
    const { out } = await place.run('space templates');
    expect(out.split('\n').filter((line) => line !== '')).toHaveLength(7);
    const printed = (await place.run('space templates medical')).out;
    await place.run('space create clinic --template medical');
    expect((await place.run('space rules clinic')).out).toBe(printed);
    expect((await place.run('space templates nope')).code).toBe(2);
  });

  it('tells where notes wait', async () => {
    await place.run(['note', 'write', 'alpha', 'left behind', '-c', 'todo']);
    expect((await place.run('bank stale')).out).toContain('No notes wait');
    expect((await place.run('bank stale --min-notes 1 --min-age-days 0')).out).toMatch(/alpha +1 /);
  });
});

describe('token', () => {
  it('is made, shown once on a line of its own, listed, changed and revoked', async () => {
    const { out } = await place.run('token create cline --permissions read,write --spaces alpha');
    const [token = ''] = /^lm_[\w-]{43}$/m.exec(out) ?? [];
    expect(token).not.toBe('');
    const listed = await place.run('token list');
    expect(listed.out).toMatch(/^[0-9a-f]{16} +cline +write +never +alpha$/m);
    expect(listed.out).not.toContain(token);
    const [hash = ''] = /^[0-9a-f]{16}/m.exec(listed.out) ?? [];
    await place.run('space create beta');
    expect((await place.run(['token', 'update', hash, '--add', 'beta'])).out).toContain('in alpha, beta');
    expect((await place.run('token bulk-update --name cli --remove beta')).out).toContain('1 token updated');
    expect((await place.run(['token', 'revoke', hash])).code).toBe(0);
    expect((await place.run('token list')).out).toContain('revoked');
    expect((await place.run('token list --active')).out).not.toContain('cline');
    expect((await place.run('token purge --yes')).out).toContain('1 token taken out, 0 left');
    expect((await place.run(['token', 'delete', hash])).code).toBe(3);
  });

  it('is refused where it could do nothing, or for a space that is not there', async () => {
    expect((await place.run('token create cline')).code).toBe(2);
    expect((await place.run('token create cline -p root')).code).toBe(2);
    expect((await place.run('token create cline -p read -s nope')).code).toBe(3);
    expect((await place.run('token create cline -p read')).out).toContain('no space');
  });

  it('of a day is a badge', async () => {
    const { out } = await place.run('token badge alpha helper');
    expect(out).toMatch(/helper may read, write in alpha, until \d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    expect((await place.run('token list')).out).toContain('badge');
  });

  it('whoami tells that the shell is the owner', async () => {
    expect((await place.json('whoami')).answer).toMatchObject({
      client_name: 'ann',
      auth_type: 'owner',
      all_spaces: true,
    });
  });
});

describe('history', () => {
  it('traces a text to its notes, and compares any two commits', async () => {
    const traced = await place.run('bank trace alpha decisions.md');
    expect(traced.out).toMatch(/commit 2 {2}consolidate .*100%/);
    expect(traced.out).toContain('We chose S3');
    expect((await place.run('bank trace alpha decisions.md Nope')).code).toBe(4);
    await place.run(['bank', 'write', 'alpha', 'x.md', 'new']);
    const diff = (await place.run('bank diff alpha 3 --from 0')).out;
    expect(diff).toContain('+++ b/decisions.md');
    expect(diff).toContain('+new');
  });

  it('finds old notes, and throws them away so that they can come back', async () => {
    await place.run(['note', 'write', 'alpha', 'left behind', '-c', 'todo']);
    expect((await place.run('note gc alpha')).out).toBe('No note is that old.\n');
    expect((await place.run('note gc --max-age-days 0')).out).toContain('Nothing was changed');
    expect((await place.run('note gc alpha --max-age-days 0 --delete')).out).toContain('live-mem bank undo alpha 3');
    expect((await place.run('note read alpha')).out).not.toContain('left behind');
    await place.run('bank undo alpha 3 --yes');
    expect((await place.run('note read alpha')).out).toContain('left behind');
    expect((await place.run('note gc alpha --max-age-days 0 --consolidate')).out).toContain('1 note consolidated');
    expect((await place.run('note gc alpha --delete --consolidate')).code).toBe(2);
  });

  it('says what a repair and a trimming would do', async () => {
    expect((await place.run('bank repair alpha')).out).toBe('All names are as they should be.\n');
    expect((await place.run('bank trim alpha')).out).toMatch(/^Nothing to trim: 2 changes kept/);
  });

  it('takes a secret out, saying first where it is, and never what it is', async () => {
    const secret = 'hunter2-hunter2';
    await place.run(['note', 'write', 'alpha', `the password is ${secret}`, '-c', 'issue']);
    await backupOf();
    const dry = await place.run('redact alpha -', { stdin: `${secret}\n` });
    expect(dry.out).toMatch(/1 live note\n.*1 file in 1 backup\n.*Nothing was changed/s);
    const done = await place.run('redact alpha - --yes', { stdin: `${secret}\n` });
    const { answer } = await place.json(['redact', 'alpha', secret]);
    expect(answer).toMatchObject({ notes: [], documents: [], commits: [], backups: [] });
    expect(dry.out + done.out + JSON.stringify(answer)).not.toContain(secret);
    expect((await place.run('note read alpha')).out).toContain('the password is ***');
    expect((await place.run('bank history alpha')).out).toContain('redact');
    expect((await place.run('redact alpha abc')).code).toBe(2);
  });
});
