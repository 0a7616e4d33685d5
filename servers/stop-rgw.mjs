import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Stops what `start-rgw.mjs` started, and removes all it wrote. */
export default function stopRgw() {
  const folder = process.env.LIVE_MEM_RGW_FOLDER;
  if (folder === undefined) return;
  execFileSync('bash', [fileURLToPath(new URL('rgw-down.sh', import.meta.url)), folder, '--all'], { stdio: 'inherit' });
}
