import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createStoreWith } from '../src/ecs-object-store.ts';
import { selfSignedCertificate } from './double/certificate.ts';
import { doubles } from './double/start-double.ts';
import { noWait } from './no-wait.ts';
import { settingsFor } from './settings-for.ts';

const startDouble = doubles();
const certificate = selfSignedCertificate();

describe('TLS', () => {
  it('is spoken with an authority that was named, besides those of Node', async () => {
    const double = await startDouble({ tls: certificate });
    const store = createStoreWith(settingsFor(double, { ca: certificate.cert }), noWait());
    await store.put('a.md', 'x', { absent: true });
    expect((await store.get('a.md'))?.body).toBe('x');
  });
});

describe('a proxy', () => {
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
    const [double, proxy] = [await startDouble(), await startProxy('ann:se cret')];
    const address = proxy.address.replace('//', '//ann:se%20cret@');
    await createStoreWith(settingsFor(double, { proxy: address }), noWait()).put('a.md', 'x');
    expect(double.seen[0]?.headers).not.toHaveProperty('proxy-authorization');
  });

  it('is told to be the one that lets nothing pass', async () => {
    const [double, proxy] = [await startDouble(), await startProxy('ann:secret')];
    const store = createStoreWith(settingsFor(double, { proxy: proxy.address }), noWait());
    await expect(store.put('a.md', 'x')).rejects.toThrow(/the proxy lets nothing pass: .*S3_PROXY_URL/);
    const tls = await startDouble({ tls: certificate });
    const other = createStoreWith(settingsFor(tls, { proxy: proxy.address, ca: certificate.cert }), noWait());
    await expect(other.put('a.md', 'x')).rejects.toThrow(/proxy/);
  });
});

interface Proxy {
  readonly address: string;
  /** Method and target of each request. */
  readonly asked: readonly string[];
}

const proxies: Server[] = [];
afterAll(() => {
  for (const proxy of proxies) {
    proxy.close();
    proxy.closeAllConnections();
  }
});

/** @param login user and password, where it wants them */
async function startProxy(login?: string): Promise<Proxy> {
  const asked: string[] = [];
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
    if (wanted !== undefined && headers['proxy-authorization'] !== wanted)
      return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const { hostname, port } = new URL(`http://${url}`);
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
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
