import { env } from 'node:process';
import { createOutlineConsolidator } from '@live-mem/consolidator-outline';
import { createLiveMemory } from '@live-mem/core';
import { createFsObjectStore } from '@live-mem/store-fs';
import { createService } from './create-service.ts';

const { FOLDER: folder = './memory', PORT: port = '8080', BOOTSTRAP_KEY: bootstrapKey } = env;
const memory = createLiveMemory({
  store: createFsObjectStore({ folder }),
  consolidator: createOutlineConsolidator(),
  bootstrapKey,
});
const server = createService(memory, console.error);
server.listen(Number(port), '127.0.0.1', () => console.log(`serving ${folder} at http://127.0.0.1:${port}`));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => server.close());
