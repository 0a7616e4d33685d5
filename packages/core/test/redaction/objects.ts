import type { ObjectStore } from '@live-mem/core';
import { type Snapshot, snapshotOf } from '../log/exploring/snapshot.ts';
import { keysOf } from '../open-memory.ts';

/** Everything there is. */
export async function objectsOf(store: ObjectStore): Promise<Snapshot> {
  const keys = await keysOf(store);
  const answers = await store.getMany(keys);
  return snapshotOf(
    new Map(
      keys.flatMap((key, at) => (answers[at] && 'body' in answers[at] ? [[key, answers[at].body] as const] : [])),
    ),
  );
}

/** Keys of objects that hold a text anywhere: as it is, or in a string of their JSON. Told without the code under test. */
export function holding({ objects }: Snapshot, text: string): string[] {
  const escaped = JSON.stringify(text).slice(1, -1);
  const keys = [...objects].filter(([key, body]) => {
    if (!key.endsWith('.json')) return body.includes(text) || body.includes(escaped);
    let found = false;
    JSON.parse(body, (name, value: unknown) => {
      const strings = [name, ...(typeof value === 'string' ? [value] : [])];
      found ||= strings.some((one) => one.includes(text) || one.includes(escaped));
      return value;
    });
    return found;
  });
  return keys.map(([key]) => key);
}
