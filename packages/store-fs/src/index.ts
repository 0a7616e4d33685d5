export { createFsObjectStore, type FsObjectStoreSettings } from './fs-object-store.ts';
