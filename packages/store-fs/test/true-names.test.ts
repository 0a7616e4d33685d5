import { describe, expect, it } from '@jest/globals';
import { createTrueNames } from '../src/true-names.ts';

function mark(inode: number) {
  return { ino: BigInt(inode), dev: 1n };
}

/** A folder that takes names for one which `fold` makes equal. */
function folderThat(fold: (name: string) => string, names: readonly string[]) {
  let asked = 0;
  const inode = (path: string) => names.findIndex((name) => fold(`/folder/${name}`) === fold(path));
  const trueNames = createTrueNames({
    lookUp: async (path) => {
      asked += 1;
      return inode(path) < 0 ? undefined : mark(inode(path));
    },
    names: async () => names,
  });
  return {
    isTrue: (name: string) => trueNames.isTrueName('/folder', name, mark(inode(`/folder/${name}`))),
    asked: () => asked,
  };
}

describe('true names', () => {
  it('knows a lookalike where case does not count', async () => {
    const { isTrue } = folderThat((name) => name.toLowerCase(), ['Case.md', 'É']);
    expect(await Promise.all(['Case.md', 'case.md', 'CASE.MD', 'É', 'é'].map(isTrue))).toEqual([
      true,
      false,
      false,
      true,
      false,
    ]);
  });

  it('knows a lookalike where the Unicode form does not count', async () => {
    const { isTrue } = folderThat((name) => name.normalize('NFC'), ['caf\u00e9.md']);
    expect([await isTrue('caf\u00e9.md'), await isTrue('cafe\u0301.md')]).toEqual([true, false]);
  });

  it('asks once where names are told apart', async () => {
    const { isTrue, asked } = folderThat((name) => name, ['Case.md', 'case.md', 'other.md']);
    expect(await isTrue('Case.md')).toBe(true);
    expect(await isTrue('case.md')).toBe(true);
    expect(await isTrue('other.md')).toBe(true);
    expect(asked()).toBe(1);
  });

  it('takes two hard links for what they are', async () => {
    const { isTrue } = folderThat((name) => name.toLowerCase(), ['a.md', 'A.md']);
    expect([await isTrue('a.md'), await isTrue('A.md')]).toEqual([true, true]);
  });
});
