import { describe, expect, it } from '@jest/globals';
import { explore, type Scenario } from './exploring/explore.ts';
import { mutants } from './scenarios/mutants.ts';

describe('a rule that is broken is noticed:', () => {
  it.each(mutants.map((mutant): [string, Scenario] => [mutant.name, mutant]))(
    '%s',
    async (_, mutant) => {
      expect((await explore(mutant)).violation).toContain(mutant.name);
    },
    60_000,
  );
});
