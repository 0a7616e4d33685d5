import { randomUUID } from 'node:crypto';
import { type ObjectStore, type StoreProbe, UnreadableObjectError } from '@live-mem/core';
import { answerOfError } from '@live-mem/tools';
import { type Composition, type Settings, tryStore } from '@live-mem/wiring';
import { type Check, fail, ok, warn } from './check.ts';

/** Milliseconds that the store's clock may differ before people wonder about the times of notes. */
const SKEW = 5_000;

/** Tries what the store must do, with an object of its own that is deleted afterwards. */
export async function examineStore({ store, settings }: Composition, now: () => number): Promise<readonly Check[]> {
  const operations = await examineOperations(settings);
  if (operations.some(({ result }) => result === 'fail')) return operations;
  const remedy = remedies[settings.store.kind];
  const probe = await tried('store', remedy, () => store.probe());
  if ('result' in probe) return [...operations, probe];
  const checks = [...operations, ok('store', probe.location)];
  const key = `_system/doctor/${randomUUID()}.txt`;
  const written = await tried('write and read', remedy, () => writeAndRead(store, key));
  checks.push('result' in written ? written : ok('write and read', 'an object was written, read and deleted'));
  if ('result' in written) return checks;
  return [...checks, ...abilityChecks(probe), clockCheck(probe.time - now())];
}

const remedies = {
  folder: 'name a folder with LIVE_MEM_DATA where this user may read and write',
  s3: 'check the settings S3_…',
} as const;

/** What depends on how the store is reached: each operation with its signature. A folder has none. */
async function examineOperations(settings: Settings): Promise<readonly Check[]> {
  const trials = await tryStore(settings);
  return trials.map(({ operation, signature, result, detail, remedy = remedies.s3 }) => {
    const told = `signed with ${signature}: ${detail}`;
    if (result === 'ok') return ok(operation, told);
    return result === 'warn' ? warn(operation, told, remedy) : fail(operation, told, remedy);
  });
}

async function writeAndRead(store: ObjectStore, key: string): Promise<{ readonly done: true }> {
  try {
    const text = 'written by live-mem doctor\n';
    await store.put(key, text);
    if ((await store.get(key))?.body !== text)
      throw new UnreadableObjectError(key, 'another text is read than was written');
    return { done: true };
  } finally {
    await store.delete(key);
  }
}

function abilityChecks({ createIfAbsent, compareAndSwap, serverSideCopy }: StoreProbe): Check[] {
  return [
    createIfAbsent
      ? ok('create if absent', 'of eight at once, one won')
      : warn('create if absent', 'the store cannot do it', 'let one process alone write to this store'),
    compareAndSwap
      ? ok('compare and swap', 'a write can depend on the version read')
      : warn('compare and swap', 'the store cannot do it', 'do not edit documents by hand while an agent writes'),
    serverSideCopy
      ? ok('server-side copy', 'backups copy notes within the store')
      : warn('server-side copy', 'the store cannot do it', 'backups take longer: each note goes through this machine'),
  ];
}

function clockCheck(skew: number): Check {
  const told = `${(Math.abs(skew) / 1000).toFixed(1)} s ${skew < 0 ? 'behind' : 'ahead of'} this machine's`;
  if (Math.abs(skew) <= SKEW)
    return ok('clock of the store', Math.abs(skew) < 100 ? 'the same as of this machine' : told);
  return warn('clock of the store', told, 'set both clocks by NTP: the times of notes are the store’s');
}

async function tried<Answer extends object>(
  part: string,
  remedy: string,
  attempt: () => Promise<Answer>,
): Promise<Answer | Check> {
  try {
    return await attempt();
  } catch (error) {
    const { message } = answerOfError(error);
    return fail(part, message, remedy);
  }
}
