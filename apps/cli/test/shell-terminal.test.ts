import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openPlace, type Place } from './run-in.ts';

let place: Place;
beforeEach(async () => {
  place = await openPlace();
  await place.run('space create alpha');
});
afterEach(() => place.remove());

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';

interface Terminal {
  readonly type: (keys: string) => void;
  /** Waits for a text on the screen, and forgets what was there until then. */
  readonly until: (text: string) => Promise<void>;
  readonly ended: ReturnType<Place['run']>;
  readonly history: () => Promise<string>;
}

/** A shell with somebody in front of it. */
async function openTerminal(): Promise<Terminal> {
  const keyboard = new PassThrough();
  const screen = new PassThrough();
  let shown = '';
  screen.on('data', (chunk: Buffer) => (shown += chunk.toString()));
  const state = join(place.folder, 'state');
  const variables = { XDG_STATE_HOME: state, NO_COLOR: '1' };
  const ended = place.run('shell', { terminal: true, variables, keyboard, screen });
  async function until(text: string): Promise<void> {
    while (!shown.includes(text)) await new Promise((resume) => screen.once('data', resume));
    shown = '';
  }
  await until('live-mem>');
  return {
    type: (keys) => void keyboard.write(keys),
    until,
    ended,
    history: () => readFile(join(state, 'live-mem', 'history'), 'utf8'),
  };
}

describe('in front of the shell', () => {
  it('Ctrl-C at a question gives up that command, and the next line is a command again', async () => {
    const { type, until, ended } = await openTerminal();
    type('space delete alpha\r');
    await until('[y/N]');
    type(`y${CTRL_C}`);
    await until('live-mem>');
    type('space create beta\r');
    await until('live-mem>');
    type('exit\r');
    const { out, err } = await ended;
    expect(err).toContain('interrupted: nothing was changed');
    expect(out).toContain('Created beta');
    expect((await place.run('space info alpha')).code).toBe(0);
  });

  it('Ctrl-D at a question changes nothing, and ends the shell', async () => {
    const { type, until, ended } = await openTerminal();
    type('space delete alpha\r');
    await until('[y/N]');
    type(CTRL_D);
    expect(await ended).toMatchObject({ code: 0, err: expect.stringContaining('interrupted: nothing was changed') });
    expect((await place.run('space info alpha')).code).toBe(0);
  });

  it('Ctrl-C ends the command that runs, not the shell', async () => {
    const note = { timestamp: '2026-01-01T00:00:00Z', agent: 'a', category: 'todo' };
    const lines = Array.from({ length: 3_000 }, (_, n) => JSON.stringify({ ...note, content: `note ${n}` }));
    await writeFile(join(place.folder, 'notes.jsonl'), lines.join('\n'));
    const { type, until, ended } = await openTerminal();
    type('note import alpha notes.jsonl\r');
    while (!existsSync(join(place.folder, 'data/alpha/live'))) await setTimeout(5);
    type(CTRL_C);
    await until('live-mem>');
    type('space create beta\r');
    await until('live-mem>');
    type(CTRL_D);
    const { code, out, err } = await ended;
    expect(code).toBe(0);
    expect(err).toMatch(/interrupted: at least \d+ notes? .*run the same\s+command again/s);
    expect(out).toContain('Created beta');
  });

  it('Ctrl-C gives up the line that is typed', async () => {
    const { type, until, ended } = await openTerminal();
    type(`space delete alpha --yes${CTRL_C}`);
    await until('live-mem>');
    type('space create beta\r');
    await until('live-mem>');
    type('exit\r');
    expect((await ended).out).toContain('Created beta');
    expect((await place.run('space info alpha')).code).toBe(0);
  });

  it('the history holds commands, no answers and nothing that may be secret', async () => {
    const { type, until, ended, history } = await openTerminal();
    type('space delete alpha\r');
    await until('[y/N]');
    type('never\r');
    await until('live-mem>');
    for (const line of ['live-mem redact alpha hunter22', `--json redact alpha hunter22`, `lm_${'a'.repeat(43)}`]) {
      type(`${line}\r`);
      await until('live-mem>');
    }
    type('exit\r');
    await ended;
    expect(await history()).toBe('exit\nspace delete alpha\n');
  });

  it('Tab completes the commands of the shell too', async () => {
    const { type, until, ended } = await openTerminal();
    type('hel\t');
    await until('p ');
    type('space info\r');
    await until('live-mem>');
    type(CTRL_D);
    expect((await ended).out).toContain('Usage: live-mem space info');
  });
});

describe('a line of the shell', () => {
  it('whose quote is not closed is refused: nothing of a text is lost', async () => {
    const stdin = 'note write alpha -c todo don\'t forget\nnote write alpha -c todo "don\'t forget"\n';
    const { code, err } = await place.run('shell', { stdin });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(/^error: a quote is not closed.*\n$/s) });
    expect(await place.json('note read alpha')).toMatchObject({
      answer: { total: 1, notes: [{ content: "don't forget" }] },
    });
  });

  it('may end its options, also where the shell was asked for JSON', async () => {
    const { out } = await place.run('shell --json', { stdin: 'note write alpha -c todo -- --dashed\n' });
    expect(JSON.parse(out)).toMatchObject({ status: 'created' });
    expect(await place.json('note read alpha')).toMatchObject({ answer: { notes: [{ content: '--dashed' }] } });
  });
});
