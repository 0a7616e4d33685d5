/**
 * What an adapter of {@link ObjectStore} needs, and nothing else: it loads at once, where the whole core takes its time.
 * @module @live-mem/core/store
 */
export {
  InvalidInputError,
  LiveMemoryError,
  StoreRefusedError,
  StoreUnavailableError,
  UnreadableObjectError,
  WriteConflictError,
} from './errors.ts';
export { compareBytes } from './ports/byte-order.ts';
export { checkObjectBody, checkObjectKey } from './ports/object-key.ts';
export {
  LIST_PAGE,
  type ListedEntry,
  type ListedObject,
  type ListedPrefix,
  type ListOptions,
  type ObjectKey,
  type ObjectStore,
  type ReadAnswer,
  type StoredObject,
  type StoreProbe,
  type Version,
  type WriteCondition,
} from './ports/object-store.ts';
