import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPlace, type Place } from './run-in.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place.remove());

const examples = async (): Promise<number> => {
  const text = await readFile(new URL('../../../examples/notes.jsonl', import.meta.url), 'utf8');
  return text.split('\n').filter((line) => line.trim() !== '').length;
};

interface Answer {
  readonly folder: string;
  readonly status: string;
  readonly notes: readonly { readonly place: string }[];
}

describe('the demonstration', () => {
  it('says of each note what became of it', async () => {
    const { answer } = await place.json('demo --into memory');
    const { status, notes, folder } = answer as unknown as Answer;
    expect({ status, folder }).toEqual({ status: 'ok', folder: join(place.folder, 'memory') });
    expect(notes).toHaveLength(await examples());
    for (const note of notes) expect(note.place).toMatch(/^[\w/-]+\.md › ./);
  });

  it('shows the bank and how to go on, in a folder of its own', async () => {
    const { code, out } = await place.run('demo');
    const [, folder = ''] = /export LIVE_MEM_DATA=(\S+)/.exec(out) ?? [];
    expect({ code, folder }).toEqual({ code: 0, folder: expect.stringContaining('live-mem-demo-') });
    expect(out).toMatch(/decisions\.md › /);
    const [, undo = ''] = /npx live-mem (bank undo demo \d+)/.exec(out) ?? [];
    expect((await place.run(`${undo} --yes`, { variables: { LIVE_MEM_DATA: folder } })).code).toBe(0);
    await rm(folder, { recursive: true });
  });

  it('needs no settings, and takes none', async () => {
    expect(
      (await place.run('demo --into here', { variables: { LIVE_MEM_STORE: 's3', LIVE_MEM_NONE: '1' } })).code,
    ).toBe(0);
  });

  it('refuses a folder that holds something', async () => {
    await mkdir(join(place.folder, 'full'));
    await writeFile(join(place.folder, 'full/file'), '');
    expect(await place.json('demo --into full')).toMatchObject({ code: 2, answer: { code: 'FOLDER_NOT_EMPTY' } });
    expect(await place.json('demo --into full/file')).toMatchObject({ code: 2, answer: { code: 'FOLDER_UNUSABLE' } });
  });
});

describe('the demonstration in the memory of the settings', () => {
  const variables = { LIVE_MEM_DATA: 'memory' };

  it('takes place in a new space beside the others, and deletes nothing', async () => {
    await place.run('space create alpha', { variables });
    const { code, answer } = await place.json('demo --configured', { variables });
    const { notes, folder } = answer as unknown as Answer;
    expect({ code, folder }).toEqual({ code: 0, folder: join(place.folder, 'memory') });
    expect(notes).toHaveLength(await examples());
    for (const note of notes) expect(note.place).toMatch(/^[\w/-]+\.md › ./);
    const { answer: list } = await place.json('space list', { variables });
    expect(list).toMatchObject({ total: 2, spaces: [{ space_id: 'alpha' }, { space_id: 'demo' }] });
    expect((await place.run('bank list demo', { variables })).out).toContain('decisions.md');
  });

  it('says how to go on there, where it is', async () => {
    const { out } = await place.run('demo --configured --space tryout', { variables });
    expect(out).toMatch(/decisions\.md › /);
    expect(out).not.toContain('LIVE_MEM_DATA');
    const [, undo = ''] = /npx live-mem (bank undo tryout \d+)/.exec(out) ?? [];
    expect((await place.run(`${undo} --yes`, { variables })).code).toBe(0);
  });

  it('refuses a space that is there, and leaves it as it is', async () => {
    await place.run('space create demo', { variables });
    const { code, answer } = await place.json('demo --configured', { variables });
    expect({ code, answer }).toMatchObject({ code: 2, answer: { code: 'SPACE_NOT_NEW' } });
    expect(answer['message']).toMatch(/"demo" already: .*--space <id>/);
    expect(await place.json('note read demo', { variables })).toMatchObject({ answer: { notes: [] } });
    expect((await place.run('demo --configured --space other', { variables })).code).toBe(0);
  });

  it('heeds the settings, and so takes no folder', async () => {
    expect(await place.json('demo --configured', { variables: { LIVE_MEM_STORE: 's3' } })).toMatchObject({
      code: 6,
      answer: { code: 'WRONG_SETTINGS' },
    });
    expect(await place.json('demo --configured --into here')).toMatchObject({ code: 2, answer: { code: 'USAGE' } });
  });
});
