import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { isSecretLine, openShellHistory } from '../src/shell/shell-history.ts';
import { openPlace, type Place } from './run-in.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
});
afterEach(() => place.remove());

describe('the shell', () => {
  it('runs one command a line, as the command line would, and goes on after an error', async () => {
    const stdin = [
      '# a comment',
      'space create alpha',
      'live-mem note write alpha "two words" -c decision',
      '',
      'nonsense',
      'note read alpha --json',
      'exit',
      'space delete alpha --yes',
    ].join('\n');
    const { code, out, err } = await place.run('shell', { stdin });
    expect(code).toBe(2);
    expect(err).toContain("unknown command 'nonsense'");
    expect(out).toContain('"content": "two words"');
    expect((await place.run('space info alpha')).code).toBe(0);
  });

  it('ends with the exit code of the last command that failed, 0 where none did', async () => {
    expect((await place.run('shell', { stdin: 'space list\n' })).code).toBe(0);
    expect((await place.run('shell', { stdin: 'space info nope\nspace list\n' })).code).toBe(3);
  });

  it('explains, prints JSON where it was asked to, and is not begun twice', async () => {
    expect((await place.run('shell', { stdin: 'help bank undo\n' })).out).toContain('Usage: live-mem bank undo');
    const { out } = await place.run('shell --json', { stdin: 'space list\n' });
    expect(JSON.parse(out)).toMatchObject({ status: 'ok', spaces: [] });
    expect((await place.run('shell', { stdin: 'shell\n' })).err).toContain('this is the shell already');
  });

  it('does not give its own lines to a command that reads a text', async () => {
    const stdin = 'space create alpha\nnote write alpha - -c todo\nspace list\n';
    const { err, out } = await place.run('shell', { stdin });
    expect(err).toContain('--file');
    expect(out).toContain('alpha');
  });

  it('on a terminal keeps a history, completes, and asks before it takes away', async () => {
    const keyboard = new PassThrough();
    const screen = new PassThrough();
    let shown = '';
    screen.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    const variables = { XDG_STATE_HOME: join(place.folder, 'state') };
    const ended = place.run('shell', { terminal: true, variables, keyboard, screen });
    const until = async (text: string): Promise<void> => {
      while (!shown.includes(text)) await new Promise((resume) => screen.once('data', resume));
      shown = '';
    };
    await until('live-mem>');
    keyboard.write('space cre\t');
    await until('ate ');
    keyboard.write('alpha\r');
    await until('live-mem>');
    keyboard.write('redact alpha hunter22\r');
    await until('live-mem>');
    keyboard.write('space delete alpha\r');
    await until('[y/N]');
    keyboard.write('n\r');
    await until('live-mem>');
    keyboard.write('exit\r');
    expect((await ended).code).toBe(0);
    expect((await place.run('space info alpha')).code).toBe(0);
    const history = await readFile(join(place.folder, 'state', 'live-mem', 'history'), 'utf8');
    expect(history).toContain('space create alpha');
    expect(history).not.toContain('hunter22');
  });
});

describe('the history of the shell', () => {
  it('keeps no line that may hold a secret, and is for its owner only', async () => {
    expect([isSecretLine('redact a x'), isSecretLine(`x lm_${'a'.repeat(43)}`), isSecretLine('space list')]).toEqual([
      true,
      true,
      false,
    ]);
    const variables = { XDG_STATE_HOME: join(place.folder, 'state') };
    await (await openShellHistory(variables)).save(['space list', 'redact a secret']);
    expect((await openShellHistory(variables)).lines).toEqual(['space list']);
    const { stat } = await import('node:fs/promises');
    expect((await stat(join(place.folder, 'state', 'live-mem', 'history'))).mode & 0o777).toBe(0o600);
  });
});
