import { describe, expect, it } from '@jest/globals';
import { createEcsObjectStore } from '@live-mem/store-ecs';
import { newBucket } from '../../packages/store-ecs/test/rgw/rgw.ts';
import { readBesideRewrites } from '../../torture/one-moment.ts';

describe('a reader in a bucket of Ceph RGW', () => {
  it('never sees two commits at once, while each rewrites twenty documents', async () => {
    const settings = await newBucket('moments', 'dual');
    const { reads, rounds, violations } = await readBesideRewrites(() => createEcsObjectStore(settings), 15);
    expect(violations).toEqual([]);
    expect(rounds).toBeGreaterThan(2);
    expect(reads).toBeGreaterThan(rounds);
  }, 120_000);
});
