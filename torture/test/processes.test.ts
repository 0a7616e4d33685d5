import { describe, expect, it } from '@jest/globals';
import { crowdOneFolder } from '../crowd.ts';
import { killConsolidations } from '../kills.ts';

describe('processes on one folder', () => {
  it('that are killed while they consolidate lose no note, and file none twice', async () => {
    const { kills, inside, violations } = await killConsolidations(20);
    expect(violations).toEqual([]);
    expect(kills).toBe(20);
    expect(inside).toBeGreaterThanOrEqual(kills / 2);
  }, 120_000);

  it('of eight writers each lose nothing that was acknowledged, and no reader sees half a change', async () => {
    const { documents, notes, reads, violations } = await crowdOneFolder();
    expect(violations).toEqual([]);
    expect({ documents, notes }).toEqual({ documents: 160, notes: 160 });
    expect(reads).toBeGreaterThan(0);
  }, 120_000);
});
