import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { createEcsObjectStore } from '@live-mem/store-ecs';

const KEYS = 1_000;
const DELAY = 30;
const ONE_BY_ONE = 50;
const AT_ONCE = 32;
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
const place = { region: 'fr1', bucket: 'bench', ...credentials };
const keys = Array.from({ length: KEYS }, (_, n) => `bench/live/${n}.md`);
// Of the package that depends on it: the root does not.
const { GetObjectCommand, S3Client } = createRequire(new URL('../packages/store-ecs/package.json', import.meta.url))(
  '@aws-sdk/client-s3',
);

/** Reading a thousand notes of 1 KB from a server that takes its time. */
export async function parallelRows() {
  const { endpoint, ended } = await startServer(DELAY);
  const store = createEcsObjectStore({ endpoint, ...place });
  await store.getMany(keys.slice(0, AT_ONCE));
  const some = await timeOf(async () => {
    for (const key of keys.slice(0, ONE_BY_ONE)) await store.get(key);
  });
  const sequential = (some * KEYS) / ONE_BY_ONE;
  const parallel = await timeOf(() => store.getMany(keys));
  const most = await ended();
  return [
    ['one after another', `${Math.round(sequential)} ms`, '1', `from ${ONE_BY_ONE} of them`],
    ['getMany', `${Math.round(parallel)} ms`, String(most), `1/${(sequential / parallel).toFixed(1)} of the time`],
  ];
}

/** What one GET of 1 KB costs the CPU of the client. */
export async function cpuRows() {
  const { endpoint, ended } = await startServer(0);
  const plain = new S3Client({ endpoint, region: 'fr1', credentials, forcePathStyle: true });
  const [dual, sigv4] = ['dual', 'sigv4'].map((signatureMode) =>
    createEcsObjectStore({ endpoint, ...place, signatureMode }),
  );
  const clients = {
    'ours, dual': (key) => dual.get(key),
    'ours, sigv4': (key) => sigv4.get(key),
    'plain client of the SDK, version 4': async (key) => {
      const { Body } = await plain.send(new GetObjectCommand({ Bucket: 'bench', Key: key }));
      return Body.transformToString();
    },
  };
  const rows = [];
  for (const [name, get] of Object.entries(clients)) {
    await readAll(get);
    const before = process.cpuUsage();
    const time = await timeOf(async () => {
      for (let round = 0; round < 3; round++) await readAll(get);
    });
    const { user, system } = process.cpuUsage(before);
    rows.push([name, `${((user + system) / 1000 / 3 / KEYS).toFixed(2)} ms`, `${(time / 3 / KEYS).toFixed(2)} ms`]);
  }
  await ended();
  return rows;
}

/** What it costs to load the package, against a Node that loads nothing. */
export function importRows() {
  const loads = [
    ['nothing', ''],
    ['@live-mem/store-ecs', "await import('@live-mem/store-ecs')"],
    ['@live-mem/store-fs', "await import('@live-mem/store-fs')"],
  ];
  const times = loads.map(([name, code]) => [name, Math.min(...Array.from({ length: 7 }, () => startTime(code)))]);
  const [[, nothing]] = times;
  return times.map(([name, time]) => [name, `${Math.round(time)} ms`, `${Math.round(time - nothing)} ms`]);
}

/** What the first conditional write of a process asks of a bucket. */
export function abilityRows() {
  const script = fileURLToPath(new URL('s3-abilities.mjs', import.meta.url));
  return JSON.parse(execFileSync(process.execPath, ['--experimental-strip-types', '--no-warnings', script]));
}

function startTime(code) {
  const began = performance.now();
  execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
  });
  return performance.now() - began;
}

async function readAll(get) {
  const left = [...keys];
  const work = async () => {
    for (let key = left.pop(); key !== undefined; key = left.pop()) await get(key);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}

async function timeOf(work) {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

async function startServer(delay) {
  const server = fork(fileURLToPath(new URL('s3-server.mjs', import.meta.url)), [String(delay)]);
  const [{ port }] = await once(server, 'message');
  return {
    endpoint: `http://127.0.0.1:${port}`,
    ended: async () => {
      const told = once(server, 'message');
      server.send('end');
      const [{ most }] = await told;
      return most;
    },
  };
}
