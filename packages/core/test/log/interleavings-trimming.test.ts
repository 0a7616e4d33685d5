import { describe } from '@jest/globals';
import { expectToHold } from './expect-to-hold.ts';
import { trimBesideUndo, trimBesideWriter, twoTrimmings } from './scenarios/trimming.ts';

describe('in every interleaving of', () => {
  expectToHold([trimBesideWriter, trimBesideUndo, twoTrimmings], { states: 1_000 });
});
