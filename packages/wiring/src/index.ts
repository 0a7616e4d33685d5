/**
 * Settings, and the one place that puts everything together.
 * @module @live-mem/wiring
 */
export { packArchive } from './archive/pack-archive.ts';
export { type Composition, compose, type Overrides } from './composition.ts';
export { type AppLogger, createLogger, createPlainLogger, type LogLevel } from './logger.ts';
export { openStore } from './open-store.ts';
export { type SettingName, settingDescriptions } from './settings/descriptions.ts';
export { envExample } from './settings/env-example.ts';
export { type Environment, readEnvironment, type Variables } from './settings/environment.ts';
export { readSettings, type Settings } from './settings/read-settings.ts';
export { readSettingsFile } from './settings/read-settings-file.ts';
export { Secret } from './settings/secret.ts';
export type { SettingDescription } from './settings/setting-description.ts';
export { type SettingFault, SettingsError } from './settings/settings-error.ts';
export type { FolderStoreSettings, S3StoreSettings, StoreSettings } from './settings/store-settings.ts';
export { type StoreTrial, tryStore } from './try-store.ts';
