// `pnpm simulate [--seed N] [--seeds N] [--steps N] [--trace]`: servers, agents and administrators over one store, as one seed says.
import { parseArgs } from 'node:util';
import { simulate } from '../packages/core/test/simulation/simulate.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    seeds: { type: 'string', default: '1000' },
    steps: { type: 'string', default: '200' },
    trace: { type: 'boolean', default: false },
  },
});

const [first, seeds, steps] = [values.seed, values.seeds, values.steps].map(wholeNumber) as [number, number, number];
const totals = { calls: 0, commits: 0, crashes: 0, violations: 0 };
for (let seed = first; seed < first + seeds; seed++) {
  const { violations, trace, calls, commits, crashes } = await simulate({ seed, steps });
  totals.calls += calls;
  totals.commits += commits;
  totals.crashes += crashes;
  if (violations.length > 0) {
    totals.violations += 1;
    console.log(`VIOLATED seed ${seed}, ${steps} steps\n${violations.map((text) => `  ${text}`).join('\n')}`);
    if (values.trace) console.log(trace.map((line) => `    ${line}`).join('\n'));
  }
  if ((seed - first + 1) % 1000 === 0) console.log(`${seed - first + 1} seeds`);
}
const { calls, commits, crashes, violations } = totals;
console.log(
  `${seeds} seeds of ${steps} steps: ${calls} calls, ${commits} commits, ${crashes} crashes, ${violations} violated`,
);
process.exitCode = violations > 0 ? 1 : 0;

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`not a whole number: ${text}`);
  return Number(text);
}
