/**
 * Objects in an S3 bucket.
 * @module @live-mem/store-ecs
 */
export { createEcsObjectStore } from './ecs-object-store.ts';
export type { EcsObjectStoreSettings } from './settings.ts';
export type { SignatureMode } from './signing/choose-signature.ts';
export { type OperationTrial, tryOperations } from './try-operations.ts';
