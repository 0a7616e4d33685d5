/**
 * Objects in a local folder.
 * @module @live-mem/store-fs
 */
export { createFsObjectStore, type FsObjectStoreSettings } from './fs-object-store.ts';
