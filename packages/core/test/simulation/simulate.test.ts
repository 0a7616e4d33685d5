import { describe, expect, it } from '@jest/globals';
import { mutants } from './mutants.ts';
import { simulate } from './simulate.ts';

const SEEDS = 120;
const WITHIN = 200;

describe('servers that crash over a store that loses, delays and repeats', () => {
  it('break no promise', async () => {
    const totals = { commits: 0, crashes: 0 };
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { violations, commits, crashes } = await simulate({ seed, steps: 200 });
      expect({ seed, violations }).toEqual({ seed, violations: [] });
      totals.commits += commits;
      totals.crashes += crashes;
    }
    expect(totals.commits).toBeGreaterThan(SEEDS);
    expect(totals.crashes).toBeGreaterThan(SEEDS);
  }, 120_000);

  it('do the same for the same seed', async () => {
    const [once, again] = [await simulate({ seed: 7, steps: 200 }), await simulate({ seed: 7, steps: 200 })];
    expect(again).toEqual(once);
  });
});

describe('a rule that is broken', () => {
  it.each(Object.entries(mutants))(
    'is found out: %s',
    async (_, through) => {
      let violations: readonly string[] = [];
      for (let seed = 1; seed <= WITHIN && violations.length === 0; seed++) {
        ({ violations } = await simulate({ seed, steps: 300, through }));
      }
      expect(violations).not.toEqual([]);
    },
    120_000,
  );
});
