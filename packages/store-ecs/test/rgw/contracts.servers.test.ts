import { describe, it } from '@jest/globals';
import { conditionalWriteContract, objectStoreContract, serverSideCopyContract } from '@live-mem/core/testing';
import { createEcsObjectStore } from '../../src/index.ts';
import { newBucket } from './rgw.ts';

describe.each([
  ['dual', 'dual', false],
  ['sigv4', 'sigv4', false],
  ['dual over TLS', 'dual', true],
  ['sigv4 over TLS', 'sigv4', true],
] as const)('the store on Ceph RGW, %s', (_, mode, tls) => {
  const settings = newBucket('contracts', mode, { tls });
  const store = settings.then(createEcsObjectStore);
  const open = () => store;
  objectStoreContract({ it }, open);
  conditionalWriteContract({ it }, open);
  serverSideCopyContract({ it }, open);
});
