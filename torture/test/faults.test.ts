import { describe, expect, it } from '@jest/globals';
import { faultyLife } from '../s3/faulty-life.ts';
import { type FaultyRun, manyWriters } from '../s3/many-writers.ts';

const WANTED = 1000;

describe('an S3 store that fails at random', () => {
  it('gives writers at once the right answer or the right error, and holds what the answers said', async () => {
    const runs = await untilEnough((seed) => manyWriters(seed, 600, 0.12));
    expect(runs.flatMap(violations)).toEqual([]);
  }, 120_000);

  it('gives every use case the right answer or the right error, and holds what the answers said', async () => {
    const runs = await untilEnough((seed) => faultyLife(seed, 40, 0.06));
    expect(runs.flatMap(violations)).toEqual([]);
  }, 120_000);
});

/** Runs, each with another seed, until they have had so many faults together. */
async function untilEnough(run: (seed: number) => Promise<FaultyRun>): Promise<FaultyRun[]> {
  const runs: FaultyRun[] = [];
  let faults = 0;
  for (let seed = 1; faults < WANTED; seed++) {
    const done = await run(seed);
    faults += [...done.faults.values()].reduce((sum, times) => sum + times, 0);
    runs.push(done);
  }
  return runs;
}

function violations(run: FaultyRun, at: number): string[] {
  return run.violations.map((violation) => `seed ${at + 1}: ${violation}`);
}
