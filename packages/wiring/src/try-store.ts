import type { OperationTrial } from '@live-mem/store-ecs';
import { ecsSettingsOf } from './ecs-settings.ts';
import type { Settings } from './settings/read-settings.ts';

/** One operation of a store, tried with the signature it should have. */
export type StoreTrial = OperationTrial;

/**
 * Tries the operations that depend on how the store is reached, one by one; a folder has none.
 * @throws {@link SettingsError} a file that the settings name cannot be used
 */
export async function tryStore({ store }: Settings): Promise<readonly StoreTrial[]> {
  if (store.kind === 'folder') return [];
  const [settings, { tryOperations }] = await Promise.all([ecsSettingsOf(store), import('@live-mem/store-ecs')]);
  return tryOperations(settings);
}
