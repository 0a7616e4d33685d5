import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPlace, type Place } from './run-in.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
  await place.run('space create alpha');
  await place.run(['note', 'write', 'alpha', 'Text with \u001B[31mcolour\u001B[0m', '-c', 'todo']);
});
afterEach(() => place.remove());

/** Names of the commands in the help of a group. */
function commandsIn(help: string): string[] {
  const list = help.slice(help.indexOf('Commands:'));
  return [...list.matchAll(/^ {2}([a-z]+)(?: |$)/gm)].map(([, name = '']) => name);
}

const ESCAPE = '\u001B';
const everyCommand = [
  'space create beta',
  'space list',
  'space info alpha',
  'space rules alpha',
  'space summary alpha',
  'note write alpha text -c todo',
  'note read alpha',
  'note search alpha text',
  'note import alpha -',
  'bank consolidate alpha --dry-run',
  'bank consolidate alpha',
  'bank read alpha',
  'bank write alpha a.md text',
  'bank list alpha',
  'bank history alpha',
  'bank diff alpha 1',
  'bank undo alpha 1 --yes',
  'bank delete alpha a.md --yes',
  'init',
  'doctor',
  'demo --into memory',
];

describe('output', () => {
  it('with --json is one JSON document with a status, and nothing else, for every command', async () => {
    for (const command of everyCommand) {
      const { out, err } = await place.run(`${command} --json`, { terminal: true, stdin: '' });
      expect(JSON.parse(out)).toMatchObject({ status: expect.any(String) });
      expect(err).not.toMatch(/error|✓/);
    }
  });

  it('takes --json in front of the command as well', async () => {
    expect(JSON.parse((await place.run('--json space list')).out)).toMatchObject({ status: 'ok' });
    expect(JSON.parse((await place.run('--json nonsense')).out)).toMatchObject({ code: 'USAGE' });
    expect((await place.run('note write alpha -c todo -- --json')).out).toContain('Noted');
  });

  it('has no colours of ours in a pipe, and texts as they are stored', async () => {
    for (const command of ['space list', 'doctor', 'bank history alpha', 'space info alpha', 'note read beta']) {
      const { out, err } = await place.run(command);
      expect(out + err).not.toContain(ESCAPE);
    }
    expect((await place.run('note read alpha')).out).toContain('Text with \u001B[31mcolour');
  });

  it('has colours on a terminal, unless NO_COLOR is set or the terminal has none', async () => {
    expect((await place.run('space list', { terminal: true })).out).toContain(ESCAPE);
    for (const variables of [{ NO_COLOR: '1' }, { TERM: 'dumb' }]) {
      expect((await place.run('space list', { terminal: true, variables })).out).not.toContain(ESCAPE);
    }
  });

  it('lets no stored text steer the terminal', async () => {
    const { out } = await place.run('note read alpha', { terminal: true, variables: { NO_COLOR: '1' } });
    expect(out).not.toContain(ESCAPE);
    expect(out).toContain('Text with \uFFFD[31mcolour');
  });

  it('keeps a row of a table in one line where no terminal shows it', async () => {
    const long = 'a description of many words '.repeat(10).trim();
    await place.run(['space', 'create', 'beta', '-d', long]);
    await place.run(['note', 'write', 'beta', long, '-c', 'todo']);
    for (const command of ['space list', 'space info beta', 'note read beta']) {
      expect((await place.run(command)).out).toContain(long);
      expect((await place.run(command, { terminal: true })).out).not.toContain(long);
    }
  });

  it('shows progress on a terminal only', async () => {
    const loud = await place.run('bank consolidate alpha', { terminal: true });
    expect(loud.err).toContain('1 of 1 notes');
    await place.run(['note', 'write', 'alpha', 'More', '-c', 'todo']);
    expect((await place.run('bank consolidate alpha')).err).toBe('');
  });
});

describe('interrupting', () => {
  const lines = Array.from({ length: 200 }, (_, n) =>
    JSON.stringify({ timestamp: '2026-01-01T00:00:00Z', agent: 'bob', category: 'todo', content: `${n}` }),
  ).join('\n');

  it('an import says what stays and how to go on', async () => {
    const { code, err } = await place.run('note import alpha -', {
      stdin: lines,
      interrupted: (interrupt) => setTimeout(interrupt, 5),
    });
    expect(code).toBe(130);
    expect(err).toMatch(/interrupted: at least \d+ notes? of the file are there and stay; run the same command again/);
    expect((await place.run('note import alpha -', { stdin: lines })).code).toBe(0);
    expect(await place.json('space info alpha')).toMatchObject({ answer: { live: { notes_count: 201 } } });
  });

  it('a consolidation before its first commit leaves the notes', async () => {
    expect(await place.json('bank consolidate alpha', { interrupted: (interrupt) => interrupt() })).toMatchObject({
      code: 130,
      answer: { status: 'cancelled', code: 'CANCELLED', remedy: 'try-later' },
    });
    expect(await place.json('note read alpha')).toMatchObject({ answer: { total: 1 } });
  });
});

describe('help', () => {
  it('explains every command, with examples', async () => {
    const { out } = await place.run('--help');
    expect(out).toMatch(/Examples:.*Exit codes:/s);
    const groups = ['space', 'note', 'bank'];
    for (const group of groups) {
      const help = await place.run(`${group} --help`);
      for (const name of commandsIn(help.out)) {
        const { code, out: text } = await place.run(`${group} ${name} --help`);
        expect({ code, text }).toEqual({ code: 0, text: expect.stringMatching(/Usage: .*--json.*Examples:\n {2}\S/s) });
      }
    }
    for (const name of ['init', 'doctor', 'demo'])
      expect((await place.run(`${name} --help`)).out).toContain('Examples:');
  });

  it('fits into 80 columns', async () => {
    for (const command of ['', 'space ', 'bank ', 'note write ', 'bank undo ']) {
      const { out } = await place.run(`${command}--help`);
      expect(out.split('\n').filter((text) => text.length > 90)).toEqual([]);
    }
  });

  it('is text also with --json, and says so', async () => {
    const { code, out } = await place.run('space list --help --json');
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('Usage: live-mem space list') });
    expect(out).toMatch(/--json .*help is\s+always text/s);
  });

  it('says when an undo is refused', async () => {
    expect((await place.run('bank undo --help')).out).toMatch(/Refused.*same lines.*created.*by hand/s);
  });

  it('tells the version', async () => {
    const { out } = await place.run('--version');
    expect(out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(JSON.parse((await place.run('--version --json')).out)).toEqual({ version: out.trim() });
  });
});
