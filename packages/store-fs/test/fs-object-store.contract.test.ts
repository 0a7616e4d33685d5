import { describe, it } from '@jest/globals';
import { conditionalWriteContract, objectStoreContract, serverSideCopyContract } from '@live-mem/core/testing';
import { createFsObjectStore } from '../src/index.ts';
import { temporaryFolders } from './temp-folder.ts';

const newFolder = temporaryFolders();

describe('folder store', () => {
  const folder = newFolder();
  const open = async () => createFsObjectStore({ folder, durable: false });
  objectStoreContract({ it }, open);
  conditionalWriteContract({ it }, open);
  serverSideCopyContract({ it }, open);
});

describe('folder store that writes through to the disk', () => {
  const folder = newFolder();
  conditionalWriteContract({ it }, async () => createFsObjectStore({ folder }));
});
