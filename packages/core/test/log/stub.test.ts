import { describe, expect, it } from '@jest/globals';
import { decodeCommit, encodeCommit } from '../../src/log/commit.ts';
import { stubOf } from '../../src/log/stub.ts';
import { openMemory } from '../open-memory.ts';

const space = 'alpha';
const secret = 'a fact';

/** Of every sort: with notes consumed and brought back, a document written, changed and deleted. */
async function commits() {
  const test = await openMemory();
  await test.note(secret);
  await test.consolidate();
  await test.memory.bank.undo({ space, commit: 2 });
  await test.memory.bank.write({ space, filename: 'a.md', content: secret });
  await test.memory.bank.delete({ space, filename: 'a.md' });
  return Promise.all(
    (await test.keys('alpha/_commits/')).map(async (key) => decodeCommit(key, (await test.store.get(key))?.body ?? '')),
  );
}

describe('a stub', () => {
  it('holds no text, and can be read', async () => {
    for (const commit of await commits()) {
      const text = encodeCommit(stubOf(commit));
      expect(text).not.toContain(secret);
      expect(decodeCommit('k', text)).toEqual(stubOf(commit));
    }
  });

  it('says all else that the commit said', async () => {
    for (const commit of await commits()) {
      const { docs, consumed, restored, stub, ...rest } = stubOf(commit);
      expect(stub).toBe(true);
      expect(commit).toMatchObject(rest);
      expect(Object.keys(rest).toSorted()).toEqual(
        Object.keys(commit)
          .filter((name) => !['docs', 'consumed', 'restored'].includes(name))
          .toSorted(),
      );
      for (const [path, { after, before }] of Object.entries(commit.docs))
        expect(docs[path]).toEqual({ after: after === null ? null : '', before, spans: [] });
      expect(consumed).toEqual(commit.consumed.map((note) => ({ ...note, text: '' })));
      expect(restored).toEqual(commit.restored.map((note) => ({ ...note, text: '' })));
    }
  });

  it('of a stub is the same', async () => {
    for (const commit of await commits()) expect(stubOf(stubOf(commit))).toEqual(stubOf(commit));
  });
});
