import { expect, it } from '@jest/globals';
import { explore, type Scenario } from './exploring/explore.ts';

/** A test for each scenario: it holds in every interleaving, and there are as many states as it takes to say so. */
export function expectToHold(scenarios: readonly Scenario[], { states }: { readonly states: number }): void {
  let explored = 0;
  it.each(scenarios.map((scenario): [string, Scenario] => [scenario.name, scenario]))(
    '%s',
    async (_, scenario) => {
      const found = await explore(scenario);
      explored += found.states;
      expect(found.violation).toBeUndefined();
      expect(found.contents).toBeGreaterThan(1);
    },
    120_000,
  );
  it('was tried in enough states', () => expect(explored).toBeGreaterThan(states));
}
