export {
  createMemoryObjectStore,
  type MemoryObjectStore,
  type MemoryObjectStoreOptions,
  type MemoryStoreAbility,
} from './memory/memory-object-store.ts';
