/**
 * Contract suites for adapters, and what makes tests exact.
 * @module @live-mem/core/testing
 */
export { conditionalWriteContract, withoutConditionalWriteContract } from './testing/conditional-write.contract.ts';
export { consolidatorContract, type OpenConsolidator } from './testing/consolidator.contract.ts';
export type { OpenStore, Runner } from './testing/contract.ts';
export { copyContract, serverSideCopyContract } from './testing/copy.contract.ts';
export { createCountingIds } from './testing/counting-ids.ts';
export {
  type CountingStore,
  type CountingStoreOptions,
  createCountingStore,
  type StoreCounts,
} from './testing/counting-store.ts';
export { createManualClock, type ManualClock } from './testing/manual-clock.ts';
export { objectStoreContract } from './testing/object-store.contract.ts';
