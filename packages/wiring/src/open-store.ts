import type { ObjectStore } from '@live-mem/core';
import { ecsSettingsOf } from './ecs-settings.ts';
import type { Settings } from './settings/read-settings.ts';

/**
 * Opens the store that the settings name, and nothing else. Loads its adapter alone; nothing is asked of the store yet.
 * @throws {@link SettingsError} a file that the settings name cannot be used
 */
export async function openStore({ store }: Settings): Promise<ObjectStore> {
  if (store.kind === 'folder') {
    const { createFsObjectStore } = await import('@live-mem/store-fs');
    return createFsObjectStore({ folder: store.folder });
  }
  const [settings, { createEcsObjectStore }] = await Promise.all([ecsSettingsOf(store), import('@live-mem/store-ecs')]);
  return createEcsObjectStore(settings);
}
