import { describe } from '@jest/globals';
import { expectToHold } from './expect-to-hold.ts';
import { scenarios } from './scenarios/every.ts';

describe('in every interleaving of', () => {
  expectToHold([...scenarios.documents, ...scenarios.outsideEdits], { states: 100_000 });
});
