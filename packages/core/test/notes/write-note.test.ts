import { describe, expect, it } from '@jest/globals';
import { InvalidInputError, RequestReusedError, SpaceNotFoundError } from '@live-mem/core';
import { openMemory } from '../open-memory.ts';

describe('writing a note', () => {
  it('stores front matter that the Python service reads, then the content as it is', async () => {
    const { note, store } = await openMemory();
    const written = await note('Line 1\r\n\tLine 2\n\n---\nend', { agent: 'agent.cline "é"', category: 'decision' });
    expect(written.filename).toMatch(/^\d{8}T\d{6}_agentcline_decision_[0-9a-f]{8}\.md$/);
    const stored = await store.get(`alpha/live/${written.filename}`);
    expect(stored?.body).toContain('agent: "agent.cline \\"é\\""\ncategory: "decision"\ntags: []\nspace_id: "alpha"\n');
    expect(stored?.body.endsWith('---\n\nLine 1\r\n\tLine 2\n\n---\nend')).toBe(true);
  });

  it('takes one request while the space was seen within 5 seconds, a few more after', async () => {
    const { note, counting, clock } = await openMemory();
    await note('warm');
    counting.reset();
    await note('one');
    expect(counting.counts()).toMatchObject({ requests: 1, roundTrips: 1, byOperation: { put: 1 } });
    clock.advance(6_000);
    counting.reset();
    await note('two');
    expect(counting.counts().requests).toBe(2);
  });

  it('takes at most two requests more with a request id, also when it is a retry', async () => {
    const { note, counting } = await openMemory();
    await note('warm');
    counting.reset();
    await note('one', { requestId: 'r1' });
    expect(counting.counts().requests).toBe(2);
    counting.reset();
    await note('one', { requestId: 'r1' });
    expect(counting.counts().requests).toBe(3);
  });

  it('writes once for one request id, from whatever process the retry comes', async () => {
    const { note, another, clock, keys } = await openMemory();
    const first = await note('once', { requestId: 'r1' });
    clock.advance(60_000);
    const retry = await another().notes.write({
      space: 'alpha',
      agent: 'cline',
      category: 'observation',
      content: 'once',
      requestId: 'r1',
    });
    expect(retry).toEqual(first);
    expect(await keys('alpha/live/')).toHaveLength(1);
  });

  it('does not bring a consumed note back when its request is repeated, hours later', async () => {
    const { note, consolidate, another, clock, memory } = await openMemory();
    await note('once', { requestId: 'r1' });
    await consolidate();
    clock.advance(5 * 3_600_000);
    await note('another');
    await consolidate();
    await another().notes.write({
      space: 'alpha',
      agent: 'cline',
      category: 'observation',
      content: 'once',
      requestId: 'r1',
    });
    expect((await memory.notes.read({ space: 'alpha' })).notes).toEqual([]);
  });

  it('refuses another text under the same request id', async () => {
    const { note } = await openMemory();
    await note('once', { requestId: 'r1' });
    await expect(note('twice', { requestId: 'r1' })).rejects.toBeInstanceOf(RequestReusedError);
  });

  it('keeps the request ids of different agents apart', async () => {
    const { note, keys } = await openMemory();
    await note('mine', { requestId: 'r1', agent: 'a' });
    await note('theirs', { requestId: 'r1', agent: 'b' });
    expect(await keys('alpha/live/')).toHaveLength(2);
  });

  it.each([
    ['an unknown category', { category: 'gossip' as never }, 'category'],
    ['an empty content', { content: '  \n' }, 'content'],
    ['a content over 100,000 characters', { content: 'é'.repeat(100_001) }, 'content'],
    ['half a surrogate pair', { content: 'a\uD800b' }, 'content'],
    ['a NUL', { content: 'a\0b' }, 'content'],
    ['an agent with a line break', { agent: 'a\nb' }, 'agent'],
    ['an agent whose name reads the other way round', { agent: 'a\u202Eb' }, 'agent'],
    ['a space id that leaves its folder', { space: '../other' }, 'space'],
    ['51 tags', { tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }, 'tags'],
  ])('refuses %s, naming the field, and writes nothing', async (_, bad, field) => {
    const { memory, keys } = await openMemory();
    const before = await keys();
    const input = { space: 'alpha', agent: 'cline', category: 'todo', content: 'fine', ...bad } as const;
    const refused = await memory.notes.write(input).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(InvalidInputError);
    expect(refused).toMatchObject({ remedy: 'fix-input', faults: [{ at: expect.stringContaining(field) }] });
    expect(await keys()).toEqual(before);
  });

  it('takes exactly 100,000 characters, counted as code points', async () => {
    const { note } = await openMemory();
    await expect(note('😀'.repeat(100_000))).resolves.toMatchObject({ size: expect.any(Number) });
  });

  it('says that a space is not there, and leaves nothing behind', async () => {
    const { note, keys } = await openMemory();
    const before = await keys();
    await expect(note('lost', { space: 'beta' })).rejects.toBeInstanceOf(SpaceNotFoundError);
    expect(await keys()).toEqual(before);
  });
});
