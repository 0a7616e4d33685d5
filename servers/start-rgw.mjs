// Starts a Ceph RGW for the suites `*.servers.test.ts`: before all of them, or not at all, since none of them may be passed over.
import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('rgw-up.sh', import.meta.url));
// Unpacked once, kept for the next run.
const cephRoot = fileURLToPath(new URL('../node_modules/.cache/live-mem-ceph', import.meta.url));
/** Somebody may take a port between the look and the start. */
const TRIES = 5;
/** A second user, who has no rights on the first one's buckets. */
const stranger = { accessKeyId: 'STRANGERKEY000000001', secretAccessKey: 'stranger0secret000000000000000000000001' };

export default async function startRgw() {
  const folder = mkdtempSync(join(tmpdir(), 'live-mem-rgw-'));
  process.env.LIVE_MEM_RGW_FOLDER = folder;
  for (let left = TRIES; ; left -= 1) {
    try {
      const told = await up(folder, await freePort());
      process.env.LIVE_MEM_RGW = JSON.stringify({
        endpoint: told.endpoint,
        tlsEndpoint: told.tls_endpoint,
        caFile: told.tls_ca,
        region: told.region,
        accessKeyId: told.access_key,
        secretAccessKey: told.secret_key,
        stranger,
      });
      return;
    } catch (error) {
      if (left === 1 || !/port \d+ is in use/.test(String(error))) throw error;
    }
  }
}

/** Half of the way between well-known and ephemeral ports: the script takes some forty in a row. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return 12_000 + (port % 18_000);
}

function up(folder, port) {
  const env = {
    ...process.env,
    RGW_TLS: '1',
    RGW_CEPH_ROOT: cephRoot,
    RGW_EXTRA_USERS: `stranger:${stranger.accessKeyId}:${stranger.secretAccessKey}`,
  };
  const child = spawn('bash', [script, folder, String(port)], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => (out += chunk));
  child.stderr.on('data', (chunk) => (err += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    // `exit`, not `close`: the daemons it leaves behind may hold the pipes.
    child.once('exit', (code) => {
      if (code !== 0)
        return reject(new Error(`no Ceph RGW could be started, and its tests are not passed over: ${err}`));
      resolve(Object.fromEntries(out.split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2))));
    });
  });
}
