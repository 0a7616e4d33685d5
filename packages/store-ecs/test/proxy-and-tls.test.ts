import { createServer, request, type Server } from 'node:http';
import type { Agent } from 'node:https';
import { type AddressInfo, connect } from 'node:net';
import { rootCertificates } from 'node:tls';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import { createClient } from '../src/client.ts';
import { createStoreWith } from '../src/ecs-object-store.ts';
import { selfSignedCertificate } from './double/certificate.ts';
import { doubles } from './double/start-double.ts';
import { noWait } from './no-wait.ts';
import { settingsFor } from './settings-for.ts';

const startDouble = doubles();
const certificate = selfSignedCertificate();

describe('TLS', () => {
  it('is spoken with an authority that was named', async () => {
    const double = await startDouble({ tls: certificate });
    const store = createStoreWith(settingsFor(double, { ca: certificate.cert }), noWait());
    await store.put('a.md', 'x', { absent: true });
    expect((await store.get('a.md'))?.body).toBe('x');
  });

  it('is spoken with those of Node as well, through a proxy too', async () => {
    const [double, proxy] = [await startDouble({ tls: certificate }), await startProxy()];
    for (const more of [{}, { proxy: proxy.address }]) {
      const client = createClient(settingsFor(double, { ...more, ca: certificate.cert }), noWait());
      await client.send(new HeadBucketCommand({ Bucket: double.bucket }));
      const { httpsAgent } = (client.config.requestHandler as NodeHttpHandler).httpHandlerConfigs();
      expect((httpsAgent as Agent).options.ca).toEqual([...rootCertificates, certificate.cert]);
    }
  });

  it('is not spoken with an authority that was not, through a proxy either', async () => {
    const [double, proxy] = [await startDouble({ tls: certificate }), await startProxy()];
    for (const more of [{}, { proxy: proxy.address }]) {
      const store = createStoreWith(settingsFor(double, more), noWait());
      await expect(store.put('a.md', 'x')).rejects.toThrow(/not trusted here: .*S3_CA_FILE/);
    }
    expect(double.seen).toEqual([]);
  });

  it('is not spoken with a certificate for another name', async () => {
    const double = await startDouble({ tls: certificate });
    // Only a proxy can lead a name to this machine without asking a name server.
    const proxy = await startProxy({ leadsTo: new URL(double.endpoint).host });
    const endpoint = 'https://elsewhere.example';
    const settings = settingsFor(double, { endpoint, proxy: proxy.address, ca: certificate.cert });
    const asked = createStoreWith(settings, noWait()).put('a.md', 'x');
    await expect(asked).rejects.toThrow(/the certificate is for another name: .*S3_ENDPOINT_URL/);
    await expect(asked).rejects.not.toThrow(/elsewhere|localhost/);
    expect(double.seen).toEqual([]);
  });
});

describe('a proxy', () => {
  it('is asked for as many ways as there are connections, and no more', async () => {
    const [double, proxy] = [await startDouble({ tls: certificate }), await startProxy()];
    const store = createStoreWith(settingsFor(double, { proxy: proxy.address, ca: certificate.cert }), noWait());
    for (let n = 0; n < 20; n++) await store.get('a.md');
    expect(proxy.asked).toHaveLength(1);
    await store.getMany(Array.from({ length: 40 }, (_, n) => `${n}.md`));
    expect(proxy.asked.length).toBeLessThanOrEqual(32);
  });

  it('that does not answer is not waited for', async () => {
    const double = await startDouble({ tls: certificate });
    const proxy = await startProxy({ mute: true });
    const settings = settingsFor(double, { proxy: proxy.address, ca: certificate.cert, connectTimeout: 200 });
    await expect(createStoreWith(settings, noWait()).get('a.md')).rejects.toThrow(/no answer in time/);
    await proxy.left();
  });

  it('is gone through to a service without TLS, with the signature intact', async () => {
    const [double, proxy] = [await startDouble(), await startProxy()];
    const store = createStoreWith(settingsFor(double, { proxy: proxy.address }), noWait());
    await store.put('two words.md', 'x', { absent: true });
    expect((await store.get('two words.md'))?.body).toBe('x');
    expect(proxy.asked.length).toBe(double.seen.length);
  });

  it('is gone through to one with TLS, and sees nothing but its name', async () => {
    const [double, proxy] = [await startDouble({ tls: certificate }), await startProxy()];
    const store = createStoreWith(settingsFor(double, { proxy: proxy.address, ca: certificate.cert }), noWait());
    await store.put('a.md', 'x');
    expect((await store.get('a.md'))?.body).toBe('x');
    const { host } = new URL(double.endpoint);
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${host}`]));
  });

  it('learns its user and password, and nobody else does', async () => {
    const proxy = await startProxy({ login: 'ann:se cret' });
    const address = proxy.address.replace('//', '//ann:se%20cret@');
    for (const double of [await startDouble(), await startDouble({ tls: certificate })]) {
      const settings = settingsFor(double, { proxy: address, ca: certificate.cert });
      await createStoreWith(settings, noWait()).put('a.md', 'x');
      expect(double.seen).toHaveLength(1);
      expect(double.seen[0]?.headers).not.toHaveProperty('proxy-authorization');
    }
  });

  it('is told to be the one that lets nothing pass', async () => {
    const proxy = await startProxy({ login: 'ann:secret' });
    for (const double of [await startDouble(), await startDouble({ tls: certificate })]) {
      const settings = settingsFor(double, { proxy: proxy.address, ca: certificate.cert });
      const asked = createStoreWith(settings, noWait()).put('a.md', 'x');
      await expect(asked).rejects.toThrow(/the proxy lets nothing pass: .*S3_PROXY_URL/);
      expect(double.seen).toEqual([]);
    }
  });
});

interface Proxy {
  readonly address: string;
  /** Method and target of each request. */
  readonly asked: readonly string[];
  /** Resolves when everybody has hung up who asked for a way. */
  readonly left: () => Promise<unknown>;
}

const proxies: Server[] = [];
afterAll(() => {
  for (const proxy of proxies) {
    proxy.close();
    proxy.closeAllConnections();
  }
});

interface ProxyOptions {
  /** User and password, where it wants them. */
  readonly login?: string;
  /** Host and port that every tunnel ends at, whatever it was asked for. */
  readonly leadsTo?: string;
  /** It takes requests for a way, and says nothing. */
  readonly mute?: boolean;
}

async function startProxy({ login, leadsTo, mute = false }: ProxyOptions = {}): Promise<Proxy> {
  const asked: string[] = [];
  const hungUp: Promise<unknown>[] = [];
  const wanted = login && `Basic ${Buffer.from(login).toString('base64')}`;
  const server = createServer((incoming, outgoing) => {
    const { method, url = '', headers } = incoming;
    asked.push(`${method} ${url}`);
    if (wanted !== undefined && headers['proxy-authorization'] !== wanted) {
      incoming.resume();
      return outgoing.writeHead(407).end();
    }
    const { 'proxy-authorization': _, ...passed } = headers;
    const onward = request(url, { method, headers: passed }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    return incoming.pipe(onward);
  });
  server.on('connect', ({ url = '', headers }, socket) => {
    asked.push(`CONNECT ${url}`);
    hungUp.push(new Promise((resolve) => socket.once('close', resolve)));
    socket.on('error', () => undefined);
    if (mute) return socket.on('end', () => socket.end()).resume();
    if (wanted !== undefined && headers['proxy-authorization'] !== wanted)
      return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const { hostname, port } = new URL(`http://${leadsTo ?? url}`);
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    socket.on('error', () => onward.destroy());
    onward.on('error', () => socket.destroy());
    return undefined;
  });
  proxies.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    left: () => Promise.all(hungUp),
  };
}
