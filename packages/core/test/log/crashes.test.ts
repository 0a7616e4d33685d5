import { describe, expect, it } from '@jest/globals';
import { crashEverywhere, crashInPairs, type UseCase } from './crashing/crash.ts';
import * as spaceUseCases from './crashing/space-use-cases.ts';
import * as upkeepUseCases from './crashing/upkeep-use-cases.ts';
import * as useCases from './crashing/use-cases.ts';
import { deletingBeforeCommit, forgettingRequests } from './scenarios/broken-stores.ts';

/** Each so-many-th pair; a prime number, so that they fall everywhere. */
const SOME = 211;

describe('a process that dies before or after any request of', () => {
  it.each(
    [...Object.values(useCases), ...Object.values(spaceUseCases)].map((useCase): [string, UseCase] => [
      useCase.name,
      useCase,
    ]),
  )(
    '%s loses nothing, and makes nothing twice',
    async (_, useCase) => {
      const { requests, violations } = await crashEverywhere(useCase);
      expect(violations).toEqual([]);
      expect(requests).toBeGreaterThanOrEqual(4);
    },
    60_000,
  );
});

describe('two processes that die one after the other', () => {
  it('lose nothing, and make nothing twice: some of the pairs; `pnpm torture pairs` tries all', async () => {
    const all = [...Object.values(useCases), ...Object.values(spaceUseCases), ...Object.values(upkeepUseCases)];
    let pairs = 0;
    for (const useCase of all) {
      const { points, violations } = await crashInPairs(useCase, SOME);
      expect(violations).toEqual([]);
      pairs += points;
    }
    expect(pairs).toBeGreaterThan(200);
  }, 120_000);

  it('show where the record of a request was lost', async () => {
    const { violations } = await crashInPairs({ ...useCases.leaveNoteOnce, through: forgettingRequests });
    expect(violations).not.toEqual([]);
  });
});

describe('it shows', () => {
  it('where notes were deleted before the commit that consumes them', async () => {
    const { violations } = await crashEverywhere({ ...useCases.consolidate, through: deletingBeforeCommit });
    expect(violations).not.toEqual([]);
  }, 60_000);

  it('where the record of a request was lost', async () => {
    const { violations } = await crashEverywhere({ ...useCases.leaveNoteOnce, through: forgettingRequests });
    expect(violations).not.toEqual([]);
  });
});
