import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import * as core from '@live-mem/core';
import * as testing from '@live-mem/core/testing';

async function rows(): Promise<string[][]> {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  return readme.split('\n').map((line) => line.split('|').map((cell) => cell.trim().replaceAll('`', '')));
}

type ErrorClass = new (...given: readonly unknown[]) => core.LiveMemoryError;

function isErrorClass(value: unknown): value is ErrorClass {
  return typeof value === 'function' && value.prototype instanceof core.LiveMemoryError;
}

describe('the README of the core', () => {
  it('lists every error with its remedy, and no other', async () => {
    // Arguments that any of the constructors can work with.
    const errors = Object.values<unknown>(core)
      .filter(isErrorClass)
      .map((kind) => new kind([], [], []));
    expect(errors.length).toBeGreaterThan(20);
    const listed = (await rows())
      .filter(([, code = '']) => /^[A-Z_]{5,}$/.test(code))
      .map(([, code, remedy]) => `${code} ${remedy}`);
    const known = new Set(errors.map(({ code, remedy }) => `${code} ${remedy}`));
    expect(listed.toSorted()).toEqual([...known].toSorted());
  });

  it('names every contract suite', async () => {
    const suites = Object.keys(testing).filter((name) => name.endsWith('Contract'));
    expect((await rows()).map(([, name]) => name)).toEqual(expect.arrayContaining(suites));
  });
});
