import { type ChildProcess, spawn } from 'node:child_process';
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
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(words: readonly string[], more: readonly string[] = []): ChildProcess {
  const { LIVE_MEM_DATA: _, NODE_OPTIONS: __, ...env } = process.env;
  return spawn(process.execPath, [...flags, ...more, main, ...words], { cwd: folder, env });
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

  it('loads nothing of the memory for --help', async () => {
    const hook = `import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, context, next) { process.stderr.write(name + '\\n'); return next(name, context); } });`;
    const { code, err } = await ended(
      start(['--help'], ['--import', `data:text/javascript,${encodeURIComponent(hook)}`]),
    );
    expect(code).toBe(0);
    expect(err).toContain('commander');
    expect(err).not.toMatch(/zod|inversify|@live-mem\/|dotenv/);
  });
});
