import { describe, expect, it } from '@jest/globals';
import { selfSignedCertificate } from './certificate.ts';
import { send } from './send.ts';
import { doubles, startDouble } from './start-double.ts';

const start = doubles();
const get = { method: 'GET', url: '/live-mem/a?x-id=GetObject' };

describe('double', () => {
  it('writes requests down, refused ones too, until it forgets them', async () => {
    const double = await start();
    await send(double, { method: 'PUT', url: '/live-mem/caf%C3%A9', body: 'a' });
    await send(double, { ...get, sign: 'none' });
    expect(double.seen).toMatchObject([
      { n: 1, operation: 'PUT object', signature: 'V2', method: 'PUT', url: '/live-mem/caf%C3%A9', key: 'caf\u00e9' },
      { n: 2, operation: 'GET object', signature: 'none', url: get.url, key: 'a', status: 403 },
    ]);
    expect(double.seen[0]).toMatchObject({ status: 200, headers: { 'content-length': '1' } });
    double.forget();
    expect(double.seen).toEqual([]);
    await send(double, get);
    expect(double.seen).toMatchObject([{ n: 3, status: 404 }]);
  });

  it('counts the requests in flight', async () => {
    const double = await start();
    double.inject(() => ({ do: 'hang' }));
    const lost = Array.from({ length: 5 }, () => send(double, get).catch(() => 'lost'));
    while (double.mostAtOnce < 5) await new Promise(setImmediate);
    await double.close();
    expect(await Promise.all(lost)).toEqual(lost.map(() => 'lost'));
    expect(double.mostAtOnce).toBe(5);
    double.forget();
    expect(double.mostAtOnce).toBe(0);
    const other = await start();
    for (let n = 0; n < 3; n += 1) await send(other, get);
    expect(other.mostAtOnce).toBe(1);
  });

  it('is who its options say', async () => {
    const given = { accessKeyId: 'KEY', secretAccessKey: 'secret', bucket: 'mine', region: 'eu' };
    const double = await start(given);
    expect(double).toMatchObject(given);
    expect((await send(double, { method: 'HEAD', url: '/mine', sign: 'V4' })).status).toBe(200);
    expect((await send(double, { method: 'HEAD', url: '/live-mem', sign: 'V4' })).status).toBe(404);
  });

  it('speaks TLS, with a certificate that clients must trust', async () => {
    const tls = selfSignedCertificate();
    const double = await start({ tls });
    expect(double.endpoint).toMatch(/^https:/);
    await expect(send(double, get)).rejects.toMatchObject({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
    expect((await send(double, { ...get, ca: tls.cert })).status).toBe(404);
    double.inject(() => ({ do: 'reset', when: 'before' }));
    await expect(send(double, { ...get, ca: tls.cert })).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('leaves nothing open when it is closed', async () => {
    const double = await startDouble();
    await double.close();
    await expect(send(double, get)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});
