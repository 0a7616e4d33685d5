import { describe, expect, it } from '@jest/globals';
import { openMemory, type TestMemory } from '../open-memory.ts';
import { collected, textsOf } from './texts.ts';

const space = 'alpha';

describe('a backup of the Python service', () => {
  const prefix = '_backups/alpha/2025-05-05T05-05-05/';

  async function laid(): Promise<TestMemory> {
    const test = await openMemory();
    const note =
      '---\ntimestamp: "2025-05-05T05:00:00+00:00"\nagent: "cline"\ncategory: "todo"\ntags: []\nspace_id: "alpha"\n---\n\nold note';
    const files = {
      '_meta.json': JSON.stringify({ space_id: 'alpha', description: 'theirs', consolidation_count: 4, theirs: 1 }),
      '_rules.md': '# Old rules\n',
      'bank/.keep': '',
      'bank/team/notes.md': 'old text\n',
      'live/20250505T050000_cline_todo_0123abcd.md': note,
    };
    for (const [path, text] of Object.entries(files)) await test.store.put(prefix + path, text);
    return test;
  }

  it('is listed, verified as far as that goes, and downloaded', async () => {
    const { memory } = await laid();
    const backup = 'alpha/2025-05-05T05-05-05';
    expect((await memory.backups.list({ space })).backups).toMatchObject([
      { backup, files: 4, complete: true, verifiable: false },
    ]);
    expect(await memory.backups.verify({ backup })).toEqual({ ok: true, problems: [], files: 4, verifiable: false });
    const { files } = await memory.backups.download({ backup });
    expect([...(await collected(files)).keys()]).toEqual([
      '_meta.json',
      '_rules.md',
      'bank/team/notes.md',
      'live/20250505T050000_cline_todo_0123abcd.md',
    ]);
  });

  it('is restored, marked unverified, with what it says of itself', async () => {
    const { memory, store } = await laid();
    const restored = await memory.backups.restore({ backup: 'alpha/2025-05-05T05-05-05', as: 'beta' });
    expect(restored).toMatchObject({ space: 'beta', verified: false, files: 4 });
    expect(await textsOf(memory, 'beta')).toMatchObject({
      'team/notes.md': 'old text\n',
      rules: '# Old rules\n',
      notes: 'cline 2025-05-05T05:00:00.000Z old note',
    });
    expect(await memory.spaces.info({ space: 'beta' })).toMatchObject({ description: 'theirs', consolidationCount: 4 });
    expect(JSON.parse((await store.get('beta/_meta.json'))?.body ?? '')).toMatchObject({ space_id: 'beta', theirs: 1 });
  });

  it('is never deleted by keeping the newest', async () => {
    const { memory, clock } = await laid();
    for (let n = 0; n < 7; n++) {
      clock.advance(60_000);
      await memory.backups.create({ space });
    }
    expect((await memory.backups.list()).backups.filter(({ verifiable }) => !verifiable)).toHaveLength(1);
  });
});
