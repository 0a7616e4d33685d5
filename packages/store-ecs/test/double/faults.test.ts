import { once } from 'node:events';
import { connect } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { answerTo, send } from './send.ts';
import { type Double, doubles, type Fault, startDouble } from './start-double.ts';

const start = doubles();
const put = { method: 'PUT', url: '/live-mem/a', body: 'written' };
const get = { method: 'GET', url: '/live-mem/a' };

describe('double: faults', () => {
  it('answers a status and a code, without effect or after it', async () => {
    const headers = { 'retry-after': '7', date: 'Thu, 01 Jan 2026 00:00:00 GMT' };
    const double = await faulty({ do: 'answer', status: 503, code: 'SlowDown', headers });
    const answer = await send(double, put);
    expect(answer).toMatchObject({ status: 503, headers, body: expect.stringContaining('<Code>SlowDown</Code>') });
    expect(double.objects.size).toBe(0);
    double.inject(() => ({ do: 'answer', status: 500, code: 'InternalError', afterEffect: true, bare: true }));
    expect(await send(double, put)).toMatchObject({ status: 500, body: '' });
    expect(double.objects.size).toBe(1);
  });

  it('resets the connection, without effect or after it', async () => {
    const double = await faulty({ do: 'reset', when: 'before' });
    await expect(send(double, put)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(double.objects.size).toBe(0);
    double.inject(() => ({ do: 'reset', when: 'after' }));
    await expect(send(double, put)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(double.objects.size).toBe(1);
    expect(double.seen.map(({ status }) => status)).toEqual([undefined, undefined]);
  });

  it('cuts a body in the middle', async () => {
    const double = await start();
    await send(double, put);
    double.inject(() => ({ do: 'cut body' }));
    const answer = await answerTo(double, get);
    expect([answer.statusCode, answer.headers['content-length']]).toEqual([200, '7']);
    let body = '';
    const reading = async () => {
      for await (const chunk of answer.setEncoding('utf8')) body += chunk;
    };
    await expect(reading()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(body).toBe('wri');
  });

  it('hangs without effect until it is closed', async () => {
    const double = await startDouble();
    const arrived = new Promise<void>((resolve) => {
      double.inject(() => {
        resolve();
        return { do: 'hang' };
      });
    });
    const answer = send(double, put).catch((error: unknown) => error);
    await arrived;
    await double.close();
    expect(await answer).toMatchObject({ code: 'ECONNRESET' });
    expect([double.objects.size, double.seen[0]?.status]).toEqual([0, undefined]);
  });

  it('answers slowly, after the effect, and does not keep a closed double', async () => {
    const double = await faulty({ do: 'slow', milliseconds: 20 });
    const answer = send(double, put);
    expect((await answer).status).toBe(200);
    const other = await startDouble();
    other.inject(() => ({ do: 'slow', milliseconds: 3_600_000 }));
    const lost = send(other, put).catch((error: unknown) => error);
    while (other.objects.size === 0) await new Promise(setImmediate);
    expect(other.seen[0]?.status).toBeUndefined();
    await other.close();
    expect(await lost).toMatchObject({ code: 'ECONNRESET' });
  });

  it('truncates a listing, whether there is more or not', async () => {
    const double = await start();
    await send(double, put);
    await send(double, { ...put, url: '/live-mem/b' });
    const pages: string[] = [];
    for (let token = ''; pages.length < 3; ) {
      double.inject(() => (pages.length < 2 ? { do: 'truncate listing', entries: 1 } : undefined));
      const url = `/live-mem?list-type=2${token && `&continuation-token=${encodeURIComponent(token)}`}`;
      const { body } = await send(double, { method: 'GET', url, sign: 'V4' });
      pages.push(['Key', 'IsTruncated'].map((name) => new RegExp(`<${name}>(.*?)<`).exec(body)?.[1]).join(' '));
      token = /<NextContinuationToken>(.*?)</.exec(body)?.[1] ?? '';
    }
    expect(pages).toEqual(['a true', 'b true', ' false']);
  });

  it('asks about requests that are not refused, and tells what they are', async () => {
    const double = await start();
    const asked: string[] = [];
    double.inject(({ n, operation, signature, key }) => {
      asked.push(`${n} ${operation} ${signature} ${key}`);
      return undefined;
    });
    await send(double, put);
    await send(double, { ...put, sign: 'V4' });
    await send(double, { ...get, secretAccessKey: 'other' });
    await send(double, { method: 'HEAD', url: '/live-mem', sign: 'V4' });
    expect(asked).toEqual(['1 PUT object V2 a', '4 HEAD bucket V4 undefined']);
    double.inject(undefined);
    await send(double, get);
    expect(asked).toHaveLength(2);
  });

  it('fails when it is closed if it failed while it served', async () => {
    const double = await startDouble();
    double.inject(() => {
      throw new Error('a mistake in the test');
    });
    await expect(send(double, get)).rejects.toMatchObject({ code: 'ECONNRESET' });
    await expect(double.close()).rejects.toThrow('the double failed');
  });

  it('goes on when a client leaves in the middle of a body', async () => {
    const double = await start();
    const { hostname, port } = new URL(double.endpoint);
    const socket = connect(Number(port), hostname);
    socket.write('PUT /live-mem/a HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\nhalf');
    while (double.seen.length === 0) await new Promise(setImmediate);
    socket.destroy();
    await once(socket, 'close');
    expect((await send(double, get)).status).toBe(404);
    expect(double.objects.size).toBe(0);
  });
});

async function faulty(fault: Fault): Promise<Double> {
  const double = await start();
  double.inject(() => fault);
  return double;
}
