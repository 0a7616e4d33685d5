import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPlace, type Place } from './run-in.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
  await place.run('space create alpha');
});
afterEach(() => place.remove());

const archives = async (): Promise<string[]> => (await readdir(place.folder)).filter((name) => name.includes('tar'));

describe('an archive', () => {
  it('that is broken off is not there, nor a part of it', async () => {
    const { code, err } = await place.run('space export alpha -o alpha.tar.gz', {
      interrupted: (interrupt) => interrupt(),
    });
    expect({ code, err }).toEqual({ code: 130, err: 'interrupted: nothing was written\n' });
    expect(await archives()).toEqual([]);
  });

  it('that cannot be made leaves the one that is there as it is', async () => {
    await writeFile(join(place.folder, 'alpha.tar.gz'), 'before');
    await place.run('space export alpha -o alpha.tar.gz', { interrupted: (interrupt) => interrupt() });
    await place.run('space export nowhere -o alpha.tar.gz');
    expect(await archives()).toEqual(['alpha.tar.gz']);
    const { answer } = await place.json('space export alpha -o alpha.tar.gz');
    expect(answer).toMatchObject({ status: 'ok', file: join(place.folder, 'alpha.tar.gz') });
    expect(await archives()).toEqual(['alpha.tar.gz']);
  });

  it('goes neither to a terminal nor beside JSON', async () => {
    for (const words of ['space export alpha -o -', 'space export alpha -o - --json']) {
      const { code, out } = await place.run(words, { terminal: true });
      expect([words, code]).toEqual([words, 2]);
      expect(out === '' || JSON.parse(out).status === 'error').toBe(true);
    }
  });
});

describe('a restore', () => {
  it('that is interrupted makes no space, and goes on with the same command', async () => {
    const note = { timestamp: '2026-01-01T00:00:00Z', agent: 'a', category: 'todo' };
    const lines = Array.from({ length: 150 }, (_, n) => JSON.stringify({ ...note, content: `note ${n}` }));
    await place.run('note import alpha -', { stdin: lines.join('\n') });
    const { answer } = await place.json('backup create alpha');
    const restore = ['backup', 'restore', String(answer['backup_id']), '--as', 'beta', '--yes'];
    const broken = await place.run(restore, { interrupted: (interrupt) => interrupt() });
    expect(broken).toMatchObject({ code: 130, err: expect.stringContaining('run the same command again to go on') });
    expect((await place.run('space info beta')).code).toBe(3);
    expect((await place.run(restore)).code).toBe(0);
    expect(await place.json('space info beta')).toMatchObject({ answer: { live: { notes_count: 150 } } });
  });
});
