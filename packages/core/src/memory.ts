/**
 * Ports kept in memory: the reference, and for tests.
 * @module @live-mem/core/memory
 */
export {
  createMemoryObjectStore,
  type MemoryObjectStore,
  type MemoryObjectStoreOptions,
  type MemoryStoreAbility,
} from './memory/memory-object-store.ts';
