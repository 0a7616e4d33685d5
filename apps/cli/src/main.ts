#!/usr/bin/env node
import { nodeFault } from './node-version.ts';

const fault = nodeFault(process.versions.node);
if (fault === undefined) {
  // Only now: what an older Node would stumble over.
  const { runProcess } = await import('./run-process.ts');
  await runProcess();
} else {
  const answer = { status: 'error', code: 'NODE_TOO_OLD', message: fault, remedy: 'fix-setup' };
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(answer, null, 2)}\n`);
  else process.stderr.write(`error: ${fault}\n`);
  process.exitCode = 6;
}
