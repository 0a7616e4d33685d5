import { createEcsObjectStore } from '@live-mem/store-ecs';
import { startDouble } from '../packages/store-ecs/test/double/start-double.ts';
import { settingsFor } from '../packages/store-ecs/test/settings-for.ts';

// What the first conditional write of a process asks of a bucket: exact, whatever the machine. Run with --experimental-strip-types: the
// double is in TypeScript.

/** Milliseconds before each answer: long enough for everything that does not wait for it to be sent. */
const DELAY = 100;

const double = await startDouble();
const depths = new Map();
double.inject((request) => {
  // One round trip more than the longest way to an answer that was there when it was sent.
  const answered = double.seen.filter(({ status }) => status !== undefined);
  depths.set(request.n, 1 + Math.max(0, ...answered.map(({ n }) => depths.get(n))));
  return { do: 'slow', milliseconds: DELAY };
});

async function count(name, work) {
  double.forget();
  depths.clear();
  await work();
  const seen = double.seen.map(({ operation }) => operation);
  const parts = Object.entries(Object.groupBy(seen, (operation) => operation));
  const told = parts.map(([operation, all]) => `${all.length} ${operation}`).join(', ');
  return [name, String(seen.length), String(Math.max(...depths.values())), told];
}

const open = () => createEcsObjectStore(settingsFor(double));
const [first, second] = [open(), open()];
const rows = [
  await count('in a bucket that nobody has tried', () => first.put('1.md', 'x', { absent: true })),
  await count('in a bucket that another process has tried', () => second.put('2.md', 'x', { absent: true })),
  await count('the next one', () => second.put('3.md', 'x', { absent: true })),
];
await double.close();
process.stdout.write(JSON.stringify(rows));
