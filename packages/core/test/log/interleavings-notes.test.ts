import { describe } from '@jest/globals';
import { expectToHold } from './expect-to-hold.ts';
import { scenarios } from './scenarios/every.ts';

describe('in every interleaving of', () => {
  expectToHold([...scenarios.consolidations, ...scenarios.notes, ...scenarios.lostAnswers], { states: 100_000 });
});
