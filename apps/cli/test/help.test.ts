import { expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { createProgram } from '../src/program.ts';
import { Session } from '../src/session.ts';
import { textWidth } from '../src/text-width.ts';
import { openPlace } from './run-in.ts';

function pathsOf(command: Command, path: readonly string[] = []): string[][] {
  return [[...path], ...command.commands.flatMap((one) => pathsOf(one, [...path, one.name()]))];
}

it('every command explains itself, with examples, within 80 columns', async () => {
  const place = await openPlace();
  const session = new Session({ stdout: { isTerminal: false } } as never, false);
  const paths = pathsOf(createProgram(session, () => Promise.resolve(0))).filter((path) => path[0] !== '__complete');
  expect(paths.length).toBeGreaterThan(50);
  const [wide, bare]: [string[], string[][]] = [[], []];
  for (const path of paths) {
    const { code, out } = await place.run([...path, '--help']);
    expect([path, code]).toEqual([path, 0]);
    wide.push(...out.split('\n').filter((line) => textWidth(line) > 80));
    const isGroup = /\nCommands:|\nBegin:/.test(out) && path.length > 0;
    if (!isGroup && !out.includes('Examples:')) bare.push(path);
  }
  expect({ wide, bare }).toEqual({ wide: [], bare: [] });
  await place.remove();
});
