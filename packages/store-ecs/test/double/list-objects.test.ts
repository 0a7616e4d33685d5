import { describe, expect, it } from '@jest/globals';
import { type RawAnswer, send } from './send.ts';
import { type Double, doubles } from './start-double.ts';

const start = doubles();

describe('double: LIST', () => {
  it('lists keys in the order of UTF-16 code units', async () => {
    const keys = ['z', '\u{1f9e0}', '\uff5e', 'a/b', 'a.b', 'A', '\u00e9'];
    const page = await list(await holding(keys), {});
    expect(page.keys).toEqual(['A', 'a.b', 'a/b', 'z', '\u00e9', '\u{1f9e0}', '\uff5e']);
    expect(page).toMatchObject({ truncated: 'false', token: undefined, count: '7' });
  });

  it('gives size, ETag and time of an object', async () => {
    const double = await holding(['a']);
    const { body } = (await list(double, {})).answer;
    for (const element of [
      '<Size>1</Size>',
      '<ETag>&quot;0cc175b9c0f1b6a831c399e269772661&quot;</ETag>',
      '<LastModified>2026-01-02T03:04:05.678Z</LastModified>',
    ]) {
      expect(body).toContain(element);
    }
  });

  it('rolls up groups behind the prefix, objects first', async () => {
    const double = await holding(['a/b/1', 'a/b/2', 'a/c', 'a/d/1', 'ab', 'b']);
    expect(await list(double, { prefix: 'a/', delimiter: '/' })).toMatchObject({
      keys: ['a/c'],
      groups: ['a/b/', 'a/d/'],
      count: '3',
    });
    expect(await list(double, { delimiter: 'b/' })).toMatchObject({
      keys: ['a/c', 'a/d/1', 'ab', 'b'],
      groups: ['a/b/'],
    });
  });

  it('starts after a key, and leaves out the group that it lies in', async () => {
    const double = await holding(['a/1', 'a/2', 'b/1', 'c']);
    expect((await list(double, { 'start-after': 'a/1' })).keys).toEqual(['a/2', 'b/1', 'c']);
    const within = await list(double, { 'start-after': 'a/1', delimiter: '/' });
    expect(within).toMatchObject({ groups: ['b/'], keys: ['c'] });
    expect((await list(double, { 'start-after': 'a', delimiter: '/' })).groups).toEqual(['a/', 'b/']);
  });

  it('goes on by a token that is no key', async () => {
    const names = Array.from({ length: 1003 }, (_, n) => String(n).padStart(4, '0'));
    const double = await holding(names);
    const first = await list(double, { 'max-keys': '5000' });
    expect(first).toMatchObject({ keys: names.slice(0, 1000), truncated: 'true' });
    expect(names).not.toContain(first.token);
    const second = await list(double, { 'continuation-token': first.token ?? '' });
    expect(second).toMatchObject({ keys: names.slice(1000), truncated: 'false' });
    expect((await list(double, { 'continuation-token': '0999' })).answer.status).toBe(400);
  });

  it('counts groups in a page, and goes on behind them', async () => {
    const double = await holding(['a/1', 'a/2', 'b/1', 'b/2', 'c']);
    const first = await list(double, { delimiter: '/', 'max-keys': '1' });
    expect(first).toMatchObject({ groups: ['a/'], truncated: 'true' });
    const second = await list(double, { delimiter: '/', 'continuation-token': first.token ?? '' });
    expect(second).toMatchObject({ groups: ['b/'], keys: ['c'], truncated: 'false' });
    expect(await list(double, { 'max-keys': '0' })).toMatchObject({ keys: [], truncated: 'false' });
  });

  it('writes awkward keys so that XML keeps them', async () => {
    const { body } = (await list(await holding(['<&>"\r\n\t\u001b']), {})).answer;
    expect(body).toContain('<Key>&lt;&amp;&gt;&quot;&#xD;\n\t&#x1B;</Key>');
  });

  it('refuses what it does not take', async () => {
    const double = await holding(['a']);
    expect((await list(double, { 'encoding-type': 'url' })).answer.status).toBe(400);
    expect((await list(double, { 'max-keys': '-1' })).answer.status).toBe(400);
  });
});

async function holding(keys: readonly string[]): Promise<Double> {
  const double = await start();
  const object = {
    body: Buffer.from('a'),
    contentType: undefined,
    etag: '0cc175b9c0f1b6a831c399e269772661',
    modifiedAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    metadata: {},
  };
  for (const key of keys) double.objects.set(key, object);
  return double;
}

async function list(to: Double, parameters: Readonly<Record<string, string>>) {
  const query = Object.entries(parameters).map(([name, value]) => `&${name}=${encodeURIComponent(value)}`);
  const answer = await send(to, { method: 'GET', url: `/live-mem?list-type=2${query.join('')}`, sign: 'V4' });
  const [truncated, token, count] = ['IsTruncated', 'NextContinuationToken', 'KeyCount'].map(
    (name) => elements(answer, name)[0],
  );
  const groups = elements(answer, 'Prefix').slice(1);
  return { answer, keys: elements(answer, 'Key'), groups, truncated, token, count };
}

/** The first Prefix of a page is the one that was asked for. */
function elements({ body }: RawAnswer, name: string): string[] {
  return [...body.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => text);
}
