import { execFile } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPlace, type Place } from './run-in.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
  await place.run('space create alpha');
  await place.run('space create beta');
  await place.run(['bank', 'write', 'alpha', 'progress.md', 'x']);
});
afterEach(() => place.remove());

const complete = async (...words: string[]): Promise<string[]> =>
  (await place.run(['__complete', '--', ...words])).out.split('\n').filter((name) => name !== '');

describe('completion', () => {
  it.each([
    [['ba'], ['bank', 'backup']],
    [['bank', 'h'], ['history']],
    [['bank', 'undo', '--y'], ['--yes']],
    [
      ['space', 'info', ''],
      ['alpha', 'beta'],
    ],
    [['--json', 'space', 'info', 'b'], ['beta']],
    [['bank', 'read', 'alpha', 'pro'], ['progress.md']],
    [['bank', 'read', 'nope', ''], []],
    [['note', 'write', 'alpha', '-c', 'de'], ['decision']],
    [['token', 'create', 'x', '-p', 'read,w'], ['read,write']],
    [
      ['token', 'create', 'x', '--spaces', 'alpha,'],
      ['alpha,alpha', 'alpha,beta'],
    ],
    [['nonsense', 'x'], []],
    [['note', 'import', 'alpha', ''], []],
    [['completion', 'z'], ['zsh']],
    [['space', 'templates', 'bo'], ['book']],
    [['space', 'create', 'x', '--template', 'bo'], ['book']],
  ])('of %j is %j', async (words, names) => {
    expect(await complete(...words)).toEqual(names);
  });

  it('knows backups', async () => {
    const { answer } = await place.json('backup create alpha');
    expect(await complete('backup', 'verify', 'al')).toEqual([answer['backup_id']]);
  });

  it('does not offer what is not meant for people', async () => {
    expect((await complete('')).filter((name) => name.startsWith('_'))).toEqual([]);
    expect((await place.run('--help')).out).not.toContain('__complete');
  });

  it('works in bash', async () => {
    const script = (await place.run('completion bash')).out;
    // Answers what the command was asked, one word a line.
    await writeFile(join(place.folder, 'live-mem'), '#!/usr/bin/env bash\nprintf "%s\\n" "$#" "${@: -1}"\n');
    await chmod(join(place.folder, 'live-mem'), 0o755);
    const typed = 'COMP_WORDS=(live-mem bank read alp); COMP_CWORD=3; _live_mem; printf "%s\\n" "${COMPREPLY[@]}"';
    const { stdout } = await promisify(execFile)('bash', ['-c', `${script}\n${typed}`], {
      env: { ...process.env, PATH: `${place.folder}:${process.env['PATH']}` },
    });
    expect(stdout).toBe('5\nalp\n');
  });

  it('in bash keeps a name with a blank whole, and expands nothing in it', async () => {
    const script = (await place.run('completion bash')).out;
    await writeFile(join(place.folder, 'live-mem'), '#!/usr/bin/env bash\nprintf "%s\\n" "my plan.md" "*" "a,b"\n');
    await chmod(join(place.folder, 'live-mem'), 0o755);
    const typed = 'COMP_WORDS=(live-mem x); COMP_CWORD=1; _live_mem; printf "%s\\n" "${COMPREPLY[@]}"';
    const { stdout } = await promisify(execFile)('bash', ['-c', `${script}\n${typed}`], {
      env: { ...process.env, PATH: `${place.folder}:${process.env['PATH']}` },
    });
    expect(stdout).toBe('my\\ plan.md\n*\na,b\n');
  });

  it.each(['zsh', 'fish'])('prints a script for %s that asks the command', async (shell) => {
    expect((await place.run(`completion ${shell}`)).out).toContain('live-mem __complete -- ');
  });

  it('knows no other shell', async () => {
    expect((await place.run('completion tcsh')).code).toBe(2);
  });
});
