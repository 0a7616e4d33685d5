import { describe, it } from '@jest/globals';
import {
  conditionalWriteContract,
  copyContract,
  objectStoreContract,
  serverSideCopyContract,
  withoutConditionalWriteContract,
} from '@live-mem/core/testing';
import { createEcsObjectStore } from '../src/index.ts';
import { doubles } from './double/start-double.ts';
import { settingsFor } from './settings-for.ts';

const startDouble = doubles();

describe.each([
  ['Dell ECS', { rules: 'ecs' }, 'dual'],
  ['a store with version 4 alone, as AWS', { rules: 'sigv4' }, 'sigv4'],
  ['a store with both, as Ceph, in dual mode', { rules: 'both' }, 'dual'],
] as const)('the store on a double of %s', (_, options, signatureMode) => {
  const store = startDouble(options).then((double) => createEcsObjectStore(settingsFor(double, { signatureMode })));
  const open = () => store;
  objectStoreContract({ it }, open);
  conditionalWriteContract({ it }, open);
  serverSideCopyContract({ it }, open);
});

describe('the store on a double that can do less', () => {
  const store = startDouble({ ifNoneMatch: false, ifMatch: 'none', copies: false }).then((double) =>
    createEcsObjectStore(settingsFor(double)),
  );
  const open = () => store;
  withoutConditionalWriteContract({ it }, open);
  copyContract({ it }, open);
});
