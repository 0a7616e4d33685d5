import { expect, it } from '@jest/globals';
import { copyOrder } from '../../src/stores/copy-order.ts';

function sorted(groups: readonly (readonly string[])[]): string[][] {
  return groups.map((group) => group.toSorted());
}

it('what says that something is whole comes after it, the newest commit before older ones', () => {
  const backup = '_backups/a/2026-01-02T03-04-05';
  const first = [
    [`${backup}/_claim.json`, `${backup}/_deleting.json`],
    [`${backup}/_rules.md`, `${backup}/live/1.md`, '_system/revoked/f00', 'a/_requests/f00.json', 'a/live/_meta.json'],
    ['a/_commits/0000000010.json', 'b/_commits/0000000002.json'],
    ['a/_commits/0000000001.json', 'a/_commits/0000000009.json'],
    ['a/_rules.md', 'a/_synthesis.md', 'a/bank/x/_head.json'],
  ];
  const last = [['a/_head.json'], [`${backup}/_manifest.json`, 'a/_meta.json'], ['_system/tokens.json']];
  const keys = [...first, ...last].flat();
  const order = copyOrder(keys.toReversed(), keys);
  expect([sorted(order.first), sorted(order.last)]).toEqual([sorted(first), sorted(last)]);
});

it('what is the newest commit is told by the source, not by what is left to copy', () => {
  const all = ['a/_commits/0000000001.json', 'a/_commits/0000000002.json', 'a/_commits/0000000003.json'];
  const { first } = copyOrder(all.slice(0, 2), all);
  expect(first.filter((group) => group.length > 0)).toEqual([all.slice(0, 2)]);
});
