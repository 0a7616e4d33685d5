import { describe, expect, it } from '@jest/globals';
import { parseInstant } from '@live-mem/core';

describe('reading a moment', () => {
  it.each([
    ['2026-11-25T08:30:00+01:00', '2026-11-25T07:30:00.000Z'],
    ['2026-11-25T08:30:00.123456+0530', '2026-11-25T03:00:00.123Z'],
    ['2026-11-25 08:30:00-08', '2026-11-25T16:30:00.000Z'],
    ['2026-11-25T08:30Z', '2026-11-25T08:30:00.000Z'],
    ['2026-11-25T08:30', '2026-11-25T08:30:00.000Z'],
    ['2026-11-25', '2026-11-25T00:00:00.000Z'],
  ])('takes %s for %s', (text, expected) => {
    expect(new Date(parseInstant(text) ?? Number.NaN).toISOString()).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '2026-13-01',
    '2026-02-31',
    '2026-02-29T00:00Z',
    '2026-11-25T25:00',
    '25/11/2026',
    '2026-11-25T08:30:00+99:00',
    '1764057600',
  ])('does not take %j for one', (text) => expect(parseInstant(text)).toBeUndefined());
});
