import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSettingsFile, SettingsError } from '@live-mem/wiring';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'live-mem-wiring-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the settings of one file', () => {
  it('are those of the file alone; its paths start where the command runs', async () => {
    await mkdir(join(folder, 'etc'));
    await writeFile(join(folder, 'etc/a.env'), 'LIVE_MEM_DATA=memory\nLIVE_MEM_AGENT=ann\n');
    await writeFile(join(folder, '.env'), 'LIVE_MEM_LOG=debug\n');
    expect(await readSettingsFile('etc/a.env', folder)).toMatchObject({
      store: { kind: 'folder', folder: join(folder, 'memory') },
      agent: 'ann',
      log: undefined,
      file: join(folder, 'etc/a.env'),
    });
  });

  it('name the file in every fault', async () => {
    await writeFile(join(folder, 'a.env'), 'S3_BUCKET_NAME=live-mem\nLIVE_MEM_LOG=loud\n');
    const refused = await readSettingsFile('a.env', folder).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(SettingsError);
    const ats = (refused as SettingsError).faults.map(({ at }) => at);
    const names = ['LIVE_MEM_LOG', 'S3_ENDPOINT_URL', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'];
    expect(ats).toEqual(names.map((name) => `a.env: ${name}`));
  });

  it.each([
    ['b.env', /^b\.env is not there: .*b\.env$/],
    ['.', /^\. cannot be read: .*EISDIR/],
    ['lines.env', /^lines\.env line 1 sets nothing/],
  ])('are refused where %s is no file of settings', async (path, message) => {
    await writeFile(join(folder, 'lines.env'), 'nothing\n');
    await expect(readSettingsFile(path, folder)).rejects.toThrow(message);
  });
});
