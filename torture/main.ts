// Runs what the tests run, and what takes too long for them: `pnpm torture`, or a part of it: `pnpm torture crowd kills`.
import { crashEverywhere, crashInPairs, type UseCase } from '../packages/core/test/log/crashing/crash.ts';
import * as spaceUseCases from '../packages/core/test/log/crashing/space-use-cases.ts';
import * as upkeepUseCases from '../packages/core/test/log/crashing/upkeep-use-cases.ts';
import * as useCases from '../packages/core/test/log/crashing/use-cases.ts';
import { type ExploreOptions, explore, type Scenario } from '../packages/core/test/log/exploring/explore.ts';
import { inEveryOrder, large, scenarios } from '../packages/core/test/log/scenarios/every.ts';
import { mutants } from '../packages/core/test/log/scenarios/mutants.ts';
import { crowdOneFolder } from './crowd.ts';
import { killConsolidations } from './kills.ts';
import { faultyLife } from './s3/faulty-life.ts';
import { type FaultyRun, manyWriters } from './s3/many-writers.ts';

const KILLS = 200;
const CROWDS = 5;
const FAULTY = 100;

const every: readonly UseCase[] = [
  ...Object.values(useCases),
  ...Object.values(spaceUseCases),
  ...Object.values(upkeepUseCases),
];

const parts: Readonly<Record<string, () => Promise<boolean>>> = {
  crashes: () => everyOne(every, crash),
  pairs: () => everyOne(every, crashPairs),
  kills,
  crowd: () => everyOne(Array.from({ length: CROWDS }), crowd),
  faults: () => everyOne(Array.from({ length: FAULTY }), (_, seed) => faults(seed + 1)),
  mutants: () => everyOne(mutants, breakRule),
  interleavings: () => everyOne([...Object.values(scenarios).flat(), ...large], (scenario) => tryAll(scenario)),
  orders: () => everyOne(inEveryOrder, (scenario) => tryAll(scenario, { inOrder: true })),
};

async function crash(useCase: UseCase): Promise<boolean> {
  const { requests, violations } = await crashEverywhere(useCase);
  return told(`${useCase.name}: ended at ${requests} requests, before and after each`, violations);
}

async function crashPairs(useCase: UseCase): Promise<boolean> {
  const { points, violations } = await crashInPairs(useCase);
  return told(`${useCase.name}: ended twice, at ${points} pairs of requests`, violations);
}

async function kills(): Promise<boolean> {
  const { kills: done, inside, requests, commitsLeft, violations } = await killConsolidations(KILLS);
  const left = Object.entries(commitsLeft).map(
    ([commits, times]) => `${counted(Number(commits), 'commit')} ${counted(times, 'time')}`,
  );
  const text = `${done} kills of a consolidation of ${requests} requests, ${inside} of them inside it; it left ${left.join(', ')}`;
  return told(text, inside < done / 2 ? [...violations, 'fewer than half of the kills were inside'] : violations);
}

async function crowd(): Promise<boolean> {
  const { documents, notes, reads, violations } = await crowdOneFolder();
  return told(
    `two processes, ${documents} documents and ${notes} notes acknowledged, ${reads} banks read meanwhile`,
    violations,
  );
}

async function faults(seed: number): Promise<boolean> {
  const [writers, life] = [await manyWriters(seed, 600, 0.12), await faultyLife(seed, 60, 0.06)];
  const text = `seed ${seed}: writers at once on a store that failed ${timesOf(writers)} times, all use cases on one that failed ${timesOf(life)} times`;
  return told(text, [...writers.violations, ...life.violations]);
}

function timesOf({ faults: kinds }: FaultyRun): number {
  return [...kinds.values()].reduce((sum, times) => sum + times, 0);
}

async function breakRule(mutant: Scenario): Promise<boolean> {
  const { violation, states } = await explore(mutant);
  return told(`noticed after ${states} states: ${mutant.name}`, violation === undefined ? ['nothing was noticed'] : []);
}

async function tryAll(scenario: Scenario, options: ExploreOptions = {}): Promise<boolean> {
  const { states, contents, moments, violation } = await explore(scenario, options);
  const text = `${scenario.name}: ${states} states, ${contents} contents of the store, ${moments} moments of processes`;
  return told(text, violation === undefined ? [] : [violation]);
}

function told(text: string, violations: readonly string[]): boolean {
  console.log(`${violations.length === 0 ? 'holds   ' : 'VIOLATED'} ${text}`);
  for (const violation of violations) console.log(`  ${violation}`);
  return violations.length === 0;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** All of them, whatever the others say. */
async function everyOne<Item>(
  items: readonly Item[],
  run: (item: Item, at: number) => Promise<boolean>,
): Promise<boolean> {
  let held = true;
  for (const [at, item] of items.entries()) held = (await run(item, at)) && held;
  return held;
}

const asked = process.argv.slice(2);
for (const part of asked.length > 0 ? asked : Object.keys(parts)) {
  console.log(`\n${part}`);
  if (!(await parts[part]?.())) process.exitCode = 1;
}
