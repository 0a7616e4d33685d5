import { describe, expect, it } from '@jest/globals';
import { StoreRefusedError } from '@live-mem/core';
import { createEcsObjectStore, tryOperations } from '../../src/index.ts';
import { allOf } from '../all-of.ts';
import { awkwardKeys } from '../signing/awkward-keys.ts';
import { newBucket, startedRgw } from './rgw.ts';

const modes = ['dual', 'sigv4'] as const;

describe.each(modes)('Ceph RGW, %s', (mode) => {
  it('takes each operation with the signature it should have', async () => {
    const trials = await tryOperations(await newBucket('operations', mode));
    expect(trials.map(({ result }) => result)).toEqual(Array.from({ length: 8 }, () => 'ok'));
  });

  it.each([
    ['a wrong secret', { secretAccessKey: 'wrong' }, /S3_SECRET_ACCESS_KEY/],
    ['an unknown key', { accessKeyId: 'NOBODY' }, /check S3_ACCESS_KEY_ID/],
    ['a bucket that is not there', { bucket: 'not-there' }, /S3_BUCKET_NAME/],
    ['a key without rights', startedRgw().stranger, /rights on the bucket/],
  ] as const)('refuses %s, and that is what is told', async (_, wrong, words) => {
    const settings = { ...(await newBucket('refusals', mode)), ...wrong };
    const store = createEcsObjectStore(settings);
    for (const call of [store.get('a'), store.put('a', 'x'), store.probe(), allOf(store.list(''))]) {
      await expect(call).rejects.toThrow(StoreRefusedError);
      await expect(call).rejects.toThrow(words);
    }
    for (const { result, remedy } of await tryOperations(settings))
      expect([result, remedy]).toEqual([expect.stringMatching(/fail|warn/), expect.stringMatching(words)]);
  });

  it('is not believed over TLS with an authority that nobody named', async () => {
    const { ca: _, ...settings } = await newBucket('tls', mode, { tls: true });
    await expect(createEcsObjectStore(settings).probe()).rejects.toThrow(/S3_CA_FILE/);
  });

  it.each(awkwardKeys.filter((key) => !/^\/|(^|\/)\.\.?\//.test(key)))(
    'keeps %j apart from all others',
    async (key) => {
      const store = createEcsObjectStore(await newBucket('keys', mode));
      const version = await store.put(key, 'text', { absent: true });
      expect(await store.get(key)).toMatchObject({ body: 'text', version });
      expect(await store.copy(key, 'copy of it')).toBe(version);
      const listed = await allOf(store.list(key.slice(0, 3)));
      expect(listed).toContainEqual(expect.objectContaining({ key, version }));
      await store.put(key, 'another text', { version });
      await store.delete(key);
      expect(await store.get(key)).toBeUndefined();
      expect((await store.get('copy of it'))?.body).toBe('text');
    },
  );
});
