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
