import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPlace, type Place } from './run-in.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
  await place.run('space create alpha');
  await place.run('note write alpha first -c decision');
  await place.run('bank consolidate alpha');
  await place.run('note write alpha second -c todo');
});
afterEach(() => place.remove());

/** Texts of all objects in a folder that holds a memory, by path. */
async function contentsOf(folder: string): Promise<Record<string, string>> {
  const root = join(place.folder, folder);
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const objects = paths.map((path) => path.slice(root.length + 1)).filter((path) => !path.startsWith('.live-mem'));
  const texts = await Promise.all(objects.map(async (path) => [path, await readFile(join(root, path), 'utf8')]));
  return Object.fromEntries(texts) as Record<string, string>;
}

describe('store copy', () => {
  it('copies the memory of the settings into a new folder, where everything goes on', async () => {
    const { code, answer } = await place.json('store copy --to there');
    const objects = Object.keys(await contentsOf('data')).length;
    expect({ code, answer }).toEqual({
      code: 0,
      answer: {
        status: 'ok',
        from: join(place.folder, 'data'),
        to: join(place.folder, 'there'),
        objects,
        total_size: Buffer.byteLength(Object.values(await contentsOf('data')).join('')),
        copied: objects,
        already_there: 0,
        deleted: 0,
        unreadable: [],
        rounds: 1,
        verified: objects,
        changed_meanwhile: 0,
      },
    });
    expect(await contentsOf('there')).toEqual(await contentsOf('data'));
    const variables = { LIVE_MEM_DATA: 'there' };
    expect((await place.run('bank history alpha', { variables })).out).toContain('consolidate');
    expect(await place.run('bank undo alpha 2 --yes', { variables })).toMatchObject({ code: 0 });
  });

  it('goes on where it was interrupted, and says how', async () => {
    const stopped = await place.run('store copy --to there', { interrupted: (interrupt) => interrupt() });
    expect(stopped).toMatchObject({ code: 130, err: expect.stringContaining('run the same command again to go on') });
    await mkdir(join(place.folder, 'there/alpha'), { recursive: true });
    await writeFile(join(place.folder, 'there/alpha/_rules.md'), (await contentsOf('data'))['alpha/_rules.md'] ?? '');
    const { out } = await place.run('store copy --to there');
    expect(out).toMatch(/✓ \d+ objects.*copied, 1 were there already/);
    expect(await contentsOf('there')).toEqual(await contentsOf('data'));
  });

  it('takes files of settings, of which alone what they say counts', async () => {
    await writeFile(join(place.folder, 'old.env'), 'LIVE_MEM_DATA=./data\n');
    await writeFile(join(place.folder, 'new.env'), 'LIVE_MEM_DATA=./there\n');
    const variables = { LIVE_MEM_DATA: './elsewhere' };
    expect(await place.run('store copy --from old.env --to new.env', { variables })).toMatchObject({ code: 0 });
    expect(await contentsOf('there')).toEqual(await contentsOf('data'));
    expect(await readdir(place.folder)).not.toContain('elsewhere');
  });

  it('refuses a target that holds another memory, and overwrites it once that is confirmed', async () => {
    await place.run('space create beta', { variables: { LIVE_MEM_DATA: 'there' } });
    const before = await contentsOf('there');
    const { code, answer } = await place.json('store copy --to there');
    expect({ code, answer }).toMatchObject({ code: 4, answer: { code: 'STORE_NOT_EMPTY', remedy: 'fix-input' } });
    const unasked = await place.json('store copy --to there --overwrite');
    expect(unasked).toMatchObject({ code: 2, answer: { code: 'CONFIRMATION_NEEDED' } });
    const refused = await place.run('store copy --to there --overwrite', { answers: ['n'] });
    expect(refused.code).toBe(2);
    expect(refused.err.replaceAll(/\s+/g, ' ')).toMatch(/deletes \d+ of its objects.*Do it\?/);
    expect(await place.run('store copy --to there --overwrite', { answers: [undefined] })).toMatchObject({ code: 130 });
    expect(await contentsOf('there')).toEqual(before);
    expect(await place.run('store copy --to there --overwrite', { answers: ['y'] })).toMatchObject({ code: 0 });
    expect(await contentsOf('there')).toEqual(await contentsOf('data'));
    await place.run('space create beta', { variables: { LIVE_MEM_DATA: 'there' } });
    const { answer: again } = await place.json('store copy --to there --overwrite --yes');
    expect(again).toMatchObject({ status: 'ok', copied: 0, deleted: Object.keys(before).length });
    expect(await contentsOf('there')).toEqual(await contentsOf('data'));
  });

  it('does not ask where nothing would be lost', async () => {
    expect(await place.run('store copy --to there --overwrite')).toMatchObject({ code: 0 });
  });

  it('names what is no text and ends with 1', async () => {
    await writeFile(join(place.folder, 'data/alpha/live/x.md'), new Uint8Array([0xff]));
    const { code, out } = await place.run('store copy --to there');
    expect(code).toBe(1);
    expect(out).toContain('! alpha/live/x.md is no text, and not copied');
    expect((await place.json('store copy --to there')).answer).toMatchObject({
      status: 'partial',
      unreadable: ['alpha/live/x.md'],
    });
  });

  it.each([
    ['no place at all', '', 'USAGE'],
    ['a source that is not there', '--from nowhere', 'NO_SUCH_PLACE'],
    ['a file of settings that is not there', '--to new.env', 'NO_SUCH_PLACE'],
    ['a hidden file of settings that is not there', '--to .env.new', 'NO_SUCH_PLACE'],
    ['a file that holds no settings', '--to data/alpha/_rules.md', 'WRONG_SETTINGS'],
    ['the same folder', '--to data', 'SAME_PLACE'],
    ['the same folder by another name', '--to link', 'SAME_PLACE'],
    ['a folder within the source', '--to data/there', 'SAME_PLACE'],
    ['a folder around the source', '--to .', 'SAME_PLACE'],
    ['a source that holds nothing', '--from empty --to there', 'INVALID_INPUT'],
  ])('refuses %s', async (_, options, code) => {
    await symlink(join(place.folder, 'data'), join(place.folder, 'link'));
    await mkdir(join(place.folder, 'empty'));
    const before = await contentsOf('data');
    const { answer } = await place.json(`store copy ${options}`.trim());
    expect(answer).toMatchObject({ code });
    expect(await contentsOf('data')).toEqual(before);
  });
});
