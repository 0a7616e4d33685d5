import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readEnvironment, SettingsError } from '@live-mem/wiring';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'live-mem-wiring-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the environment', () => {
  it('is that of the process where there is no .env', async () => {
    expect(await readEnvironment({ A: '1' }, folder)).toEqual({ variables: { A: '1' }, folder });
  });

  it('takes .env from where the process runs; the process wins', async () => {
    await writeFile(
      join(folder, '.env'),
      '# comment\nLIVE_MEM_AGENT="ann b" # more\nLIVE_MEM_LOG=debug\nLIVE_MEM_STORE=s3\n',
    );
    const { variables, file } = await readEnvironment({ LIVE_MEM_LOG: 'info', LIVE_MEM_STORE: '' }, folder);
    expect(variables).toMatchObject({ LIVE_MEM_AGENT: 'ann b', LIVE_MEM_LOG: 'info', LIVE_MEM_STORE: '' });
    expect(file).toBe(join(folder, '.env'));
  });

  it('takes another file where LIVE_MEM_ENV_FILE names one, which must be there', async () => {
    await writeFile(join(folder, 'other.env'), 'LIVE_MEM_AGENT=bob\nLIVE_MEM_ENV_FILE=third.env\n');
    const { variables } = await readEnvironment({ LIVE_MEM_ENV_FILE: 'other.env' }, folder);
    expect(variables).toMatchObject({ LIVE_MEM_AGENT: 'bob', LIVE_MEM_ENV_FILE: 'other.env' });
    await expect(readEnvironment({ LIVE_MEM_ENV_FILE: 'none.env' }, folder)).rejects.toThrow(SettingsError);
  });

  it('says that a file cannot be read', async () => {
    await expect(readEnvironment({ LIVE_MEM_ENV_FILE: '.' }, folder)).rejects.toThrow(/cannot be read.*EISDIR/);
  });
});
