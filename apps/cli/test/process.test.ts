import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const flags = ['--conditions=@live-mem/source', '--disable-warning=ExperimentalWarning'];
// Node runs TypeScript by itself from 22.18 on.
if (!process.features.typescript) flags.push('--experimental-strip-types');

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'live-mem-process-'));
});
const children: ChildProcess[] = [];
afterEach(async () => {
  // However a test ends, no process outlives it.
  await Promise.all(children.splice(0).map(end));
  await rm(folder, { recursive: true, force: true });
});

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface StartOptions {
  /** Flags of Node. */
  readonly more?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** What a shell does around the command, which is `"$@"`. */
  readonly shell?: string;
}

function start(words: readonly string[], { more = [], variables = {}, shell }: StartOptions = {}): ChildProcess {
  const { LIVE_MEM_DATA: _, NODE_OPTIONS: __, ...inherited } = process.env;
  const command = [process.execPath, ...flags, ...more, main, ...words];
  const [program = '', ...rest] = shell === undefined ? command : ['sh', '-c', shell, 'sh', ...command];
  const child = spawn(program, rest, { cwd: folder, env: { ...inherited, ...variables } });
  children.push(child);
  return child;
}

/** A module that runs before the command does. */
function preload(code: string): string[] {
  return ['--import', `data:text/javascript,${encodeURIComponent(code)}`];
}

async function ended(child: ChildProcess): Promise<Ended> {
  const printed = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => (printed.out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (printed.err += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, ...printed };
}

const run = (...words: string[]): Promise<Ended> => ended(start(words));

// Each start of the process takes its time on a busy machine.
jest.setTimeout(60_000);

const line = (n: number): string =>
  JSON.stringify({ timestamp: '2026-01-01T00:00:00Z', agent: 'a', category: 'todo', content: `note ${n}` });

describe('the process', () => {
  it('ends with the exit code, and prints where it should', async () => {
    expect(await run('space', 'create', 'alpha', '--json')).toMatchObject({ code: 0, err: '' });
    const { code, out, err } = await run('note', 'read', 'beta');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('error: no space named "beta"');
  });

  it('reads what is piped in', async () => {
    await run('space', 'create', 'alpha');
    const child = start(['note', 'write', 'alpha', '-c', 'todo', '--agent', 'pipe']);
    child.stdin?.end('a piped note\n');
    expect(await ended(child)).toMatchObject({ code: 0, err: '' });
    expect((await run('note', 'read', 'alpha')).out).toContain('a piped note');
  });

  it('does not mind a reader that stops early', async () => {
    await run('space', 'create', 'alpha');
    await writeFile(join(folder, 'big.md'), 'line of text\n'.repeat(100_000));
    await run('bank', 'write', 'alpha', 'big.md', '--file', 'big.md');
    const child = start(['bank', 'read', 'alpha']);
    child.stdout?.once('data', () => child.stdout?.destroy());
    expect(await ended(child)).toMatchObject({ code: 0, err: '' });
  });

  it('ends an import on SIGINT with what stays, and goes on afterwards', async () => {
    await run('space', 'create', 'alpha');
    await writeFile(join(folder, 'notes.jsonl'), Array.from({ length: 1500 }, (_, n) => line(n)).join('\n'));
    const child = start(['note', 'import', 'alpha', 'notes.jsonl']);
    const done = ended(child);
    while (child.exitCode === null && !existsSync(join(folder, 'data/alpha/live'))) await setTimeout(10);
    child.kill('SIGINT');
    const { code, err } = await done;
    expect({ code, err }).toEqual({ code: 130, err: expect.stringContaining('run the same command again to go on') });
    expect((await run('note', 'import', 'alpha', 'notes.jsonl')).out).toMatch(/\d+ were there already \(1500 lines\)/);
  });

  it('ends an import on SIGTERM as on Ctrl-C, with the exit code of that signal', async () => {
    await run('space', 'create', 'alpha');
    await writeFile(join(folder, 'notes.jsonl'), Array.from({ length: 1500 }, (_, n) => line(n)).join('\n'));
    const child = start(['note', 'import', 'alpha', 'notes.jsonl']);
    const done = ended(child);
    while (child.exitCode === null && !existsSync(join(folder, 'data/alpha/live'))) await setTimeout(10);
    child.kill('SIGTERM');
    expect(await done).toMatchObject({ code: 143, err: expect.stringContaining('run the same command again') });
  });

  it('of a shell that reads a script ends on SIGTERM with the command that runs, and runs no other', async () => {
    await run('space', 'create', 'alpha');
    await writeFile(join(folder, 'notes.jsonl'), Array.from({ length: 1500 }, (_, n) => line(n)).join('\n'));
    const child = start(['shell']);
    const done = ended(child);
    child.stdin?.end('note import alpha notes.jsonl\nspace create beta\n');
    while (child.exitCode === null && !existsSync(join(folder, 'data/alpha/live'))) await setTimeout(10);
    child.kill('SIGTERM');
    expect(await done).toMatchObject({ code: 143, err: expect.stringContaining('run the same command again') });
    expect(existsSync(join(folder, 'data/beta'))).toBe(false);
  });

  it('ends a consolidation on SIGTERM and says what stays', async () => {
    await run('space', 'create', 'alpha');
    await writeFile(join(folder, 'notes.jsonl'), Array.from({ length: 1500 }, (_, n) => line(n)).join('\n'));
    await run('note', 'import', 'alpha', 'notes.jsonl');
    const child = start(['bank', 'consolidate', 'alpha']);
    const done = ended(child);
    while (child.exitCode === null && !existsSync(join(folder, 'data/alpha/_commits/0000000002.json')))
      await setTimeout(5);
    child.kill('SIGTERM');
    const { code, out, err } = await done;
    expect({ code, err }).toEqual({ code: 143, err: '' });
    expect(out).toMatch(/\d+ notes consolidated.*What is written stays. To go on: live-mem bank consolidate alpha/s);
  });

  it('pipes an archive into another program', async () => {
    await run('space', 'create', 'alpha');
    const { code, out, err } = await ended(start(['space', 'export', 'alpha', '-o', '-'], { shell: '"$@" | tar -tz' }));
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('alpha/_rules.md');
  });

  /** Writes the name of every module to stderr that is asked for. */
  const telling = `import { registerHooks } from 'node:module';
    registerHooks({ resolve(name, context, next) { process.stderr.write(name + '\\n'); return next(name, context); } });`;

  it('loads nothing of the memory for --help', async () => {
    const { code, err } = await ended(start(['--help'], { more: preload(telling) }));
    expect(code).toBe(0);
    expect(err).toContain('commander');
    expect(err).not.toMatch(/zod|inversify|@live-mem\/|dotenv|aws/);
  });

  it('loads nothing of S3 for a memory in a folder', async () => {
    const { code, err } = await ended(start(['space', 'create', 'alpha'], { more: preload(telling) }));
    expect(code).toBe(0);
    expect(err).toContain('@live-mem/store-fs');
    expect(err).not.toMatch(/store-ecs|aws/);
  });

  it('says in one line that the output cannot be written', async () => {
    await run('space', 'create', 'alpha');
    await writeFile(join(folder, 'big.md'), 'line of text\n'.repeat(10_000));
    await run('bank', 'write', 'alpha', 'big.md', '--file', 'big.md');
    // A file may have 4 kB: as close to a full disk as one gets without one.
    const shell = 'ulimit -f 8 && exec "$@" > out';
    for (const words of [
      ['bank', 'read', 'alpha'],
      ['bank', 'read', 'alpha', '--json'],
    ]) {
      expect(await ended(start(words, { shell }))).toEqual({
        code: 6,
        out: '',
        err: expect.stringMatching(/^error: the output cannot be written \(E[A-Z]+\)\n$/),
      });
    }
  });

  it('says that a folder for the demonstration cannot be made', async () => {
    const variables = { TMPDIR: join(folder, 'none') };
    const { code, out, err } = await ended(start(['demo'], { variables }));
    expect({ code, out }).toEqual({ code: 6, out: '' });
    expect(err).toMatch(/^error: no folder can be made in .*none \(ENOENT\): name another with TMPDIR, or .*--into\n/);
  });

  it('of a Node that is too old says which one is needed, and loads nothing', async () => {
    const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } });
      import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, context, next) {
        if (name.includes('commander')) throw new Error('loaded'); return next(name, context); } });`;
    const more = preload(old);
    const message = 'live-mem needs Node 22.13 or later, and this is 20.20.2: install a later one';
    expect(await ended(start(['--help'], { more }))).toEqual({ code: 6, out: '', err: `error: ${message}\n` });
    const { code, out } = await ended(start(['space', 'list', '--json'], { more }));
    expect({ code, answer: JSON.parse(out) }).toEqual({
      code: 6,
      answer: { status: 'error', code: 'NODE_TOO_OLD', message, remedy: 'fix-setup' },
    });
  });
});
