import { describe, expect, it } from '@jest/globals';
import { crashEverywhere, type UseCase } from './crashing/crash.ts';
import * as useCases from './crashing/upkeep-use-cases.ts';

describe('a process that dies before or after any request of', () => {
  it.each(Object.values(useCases).map((useCase): [string, UseCase] => [useCase.name, useCase]))(
    '%s loses nothing, and another one completes it',
    async (_, useCase) => {
      const { requests, violations } = await crashEverywhere(useCase);
      expect(violations).toEqual([]);
      expect(requests).toBeGreaterThanOrEqual(4);
    },
    120_000,
  );
});
