import { describe, expect, it } from '@jest/globals';
import { createCountingIds, createManualClock } from '../../src/testing.ts';

describe('manual clock', () => {
  it('moves when told to, and is set without the monotonic face', () => {
    const clock = createManualClock(1000);
    clock.advance(50);
    expect([clock.now(), clock.monotonic()]).toEqual([1050, 50]);
    clock.set(7);
    expect([clock.now(), clock.monotonic()]).toEqual([7, 50]);
    expect(() => clock.advance(-1)).toThrow(RangeError);
  });
});

describe('counting ids', () => {
  it('draws 8 digits that count, behind a prefix', () => {
    const [plain, prefixed] = [createCountingIds(), createCountingIds('ab')];
    expect([plain(), plain(), prefixed()]).toEqual(['00000001', '00000002', 'ab000001']);
    expect(() => createCountingIds('not hex')).toThrow(RangeError);
  });
});
