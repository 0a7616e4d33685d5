import { describe, expect, it } from '@jest/globals';
import { createFsObjectStore } from '@live-mem/store-fs';
import { inFolder } from '../folder.ts';
import { readBesideRewrites } from '../one-moment.ts';

describe('a reader in a folder', () => {
  it('never sees two commits at once, while each rewrites twenty documents', async () => {
    const { reads, rounds, violations } = await inFolder((folder) =>
      readBesideRewrites(() => createFsObjectStore({ folder, durable: false }), 15),
    );
    expect(violations).toEqual([]);
    expect(rounds).toBeGreaterThan(2);
    expect(reads).toBeGreaterThan(rounds);
  }, 120_000);
});
