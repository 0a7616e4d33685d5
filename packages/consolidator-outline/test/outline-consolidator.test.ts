import { describe, expect, it } from '@jest/globals';
import { consolidatorContract } from '@live-mem/core/testing';
import { createOutlineConsolidator } from '../src/index.ts';
import { keptBank } from './kept-bank.ts';
import { note } from './notes.ts';

describe('the outline consolidator', () => {
  consolidatorContract({ it }, async () => createOutlineConsolidator());

  it('has no limit, and counts bytes, of which a token has at least one', () => {
    const { limits } = createOutlineConsolidator();
    expect(limits).toEqual({ countTokens: expect.any(Function) });
    expect(limits.countTokens('été')).toBe(5);
  });

  it('answers the same request alike', async () => {
    const request = keptBank().request([note(0), note(1, { category: 'issue' })]);
    const answers = await Promise.all([1, 2].map(() => createOutlineConsolidator().propose(request)));
    expect(answers[0]).toEqual(answers[1]);
  });
});
