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
    await writeFile(join(folder, 'other.env'), 'LIVE_MEM_AGENT=bob\nLIVE_MEM_ENV_FILE=\n');
    const { variables } = await readEnvironment({ LIVE_MEM_ENV_FILE: 'other.env' }, folder);
    expect(variables).toMatchObject({ LIVE_MEM_AGENT: 'bob', LIVE_MEM_ENV_FILE: 'other.env' });
    await expect(readEnvironment({ LIVE_MEM_ENV_FILE: 'none.env' }, folder)).rejects.toThrow(SettingsError);
  });

  it.each([
    ['LIVE_MEM_LOG debug', /^\.env line 2 sets nothing: write NAME=value, or # in front of a comment$/],
    ['hush-hush\n\n# fine\n<<<<', /^\.env line 2 sets nothing: .*; \.env line 5 sets nothing/],
    ['export', /^\.env line 2 sets nothing/],
    ['LIVE_MEM_ENV_FILE=other.env', /^LIVE_MEM_ENV_FILE has no effect in \.env: set it in the environment itself/],
    ['NAME=\u00e9\nX="a\nb\nc"\nnothing', /^\.env line 6 sets nothing/],
  ])('refuses a file with %j, naming the line and not what it says', async (text, message) => {
    await writeFile(join(folder, '.env'), `# one\r\n${text}\n`);
    const refused = await readEnvironment({}, folder).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'WRONG_SETTINGS', message: expect.stringMatching(message) });
    expect(String(refused)).not.toContain('hush');
  });

  it('refuses a file that is not UTF-8, naming the line', async () => {
    await writeFile(join(folder, 'latin.env'), Buffer.from('LIVE_MEM_LOG=warn\nLIVE_MEM_AGENT=Ren\u00e9\n', 'latin1'));
    await expect(readEnvironment({ LIVE_MEM_ENV_FILE: 'latin.env' }, folder)).rejects.toThrow(
      /^latin\.env line 2 is not UTF-8/,
    );
  });

  it('takes every form a setting may have', async () => {
    const text = '\uFEFFA=1\r\n  export B = "two\nlines" # why\nC: 3\nD=\n\n\t# E=5\nF=\'x=#\'#\nG=`y`\n';
    await writeFile(join(folder, '.env'), text);
    const { variables } = await readEnvironment({}, folder);
    expect(variables).toEqual({ A: '1', B: 'two\nlines', C: '3', D: '', F: 'x=#', G: 'y' });
  });

  it('says that a file cannot be read', async () => {
    await expect(readEnvironment({ LIVE_MEM_ENV_FILE: '.' }, folder)).rejects.toThrow(/cannot be read.*EISDIR/);
  });
});
