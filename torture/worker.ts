// A process of its own: does what its arguments say, and tells what it asks of the store on file descriptor 3, line by line.
import { writeSync } from 'node:fs';
import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { createLiveMemory, type ObjectStore } from '@live-mem/core';
import { createFsObjectStore } from '@live-mem/store-fs';

const [task, folder = '', name = ''] = process.argv.slice(2);

/** Tells the parent, before anything else happens. */
function tell(line: string): void {
  writeSync(3, `${line}\n`);
}

/** Tells of each request before it is made. */
function telling(store: ObjectStore): ObjectStore {
  return {
    ...store,
    get: (key) => (tell(`get ${key}`), store.get(key)),
    put: (key, body, only) => (tell(`put ${key}`), store.put(key, body, only)),
    delete: (key) => (tell(`delete ${key}`), store.delete(key)),
    getMany: (keys) => Promise.all(keys.map((key) => (tell(`get ${key}`), store.get(key)))),
    async deleteMany(keys) {
      await Promise.all(keys.map((key) => (tell(`delete ${key}`), store.delete(key))));
    },
    list: (prefix, options) => (tell(`list ${prefix}`), store.list(prefix, options)),
  };
}

async function consolidate(): Promise<void> {
  const store = telling(createFsObjectStore({ folder, durable: false }));
  const memory = createLiveMemory({ store, consolidator: createOutlineConsolidator() });
  await memory.bank.consolidate({ space: 'alpha', actor: 'worker' });
  tell('end');
}

/** Eight writers at once; each leaves documents and notes in turn, and tells what was acknowledged. */
async function writeAtOnce(): Promise<void> {
  const store = createFsObjectStore({ folder, durable: false });
  const memory = createLiveMemory({ store, consolidator: createOutlineConsolidator() });
  const space = 'alpha';
  async function write(writer: number): Promise<void> {
    const actor = `${name}${writer}`;
    for (let time = 0; time < 20; time++) {
      const content = `${actor} wrote this the ${time}. time\n`.repeat(1 + ((writer * 7 + time) % 50));
      if (time % 2 === 0) {
        const filename = `shared-${writer % 4}.md`;
        const { commit } = await memory.bank.write({ space, filename, content, actor });
        tell(JSON.stringify({ actor, filename, content, commit }));
      } else {
        const { filename } = await memory.notes.write({ space, agent: actor, category: 'progress', content });
        tell(JSON.stringify({ actor, note: filename, content }));
      }
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
  tell('end');
}

await (task === 'consolidate' ? consolidate() : writeAtOnce());
