import type { z } from 'zod';
import type { SettingName, settingDescriptions } from './descriptions.ts';

/** What the settings that are set say, where it is allowed. */
export type SettingValues = {
  readonly [Name in SettingName]?: z.output<(typeof settingDescriptions)[Name]['schema']>;
};

/** Whether a setting is set, be it allowed or not. */
export type IsSet = (name: SettingName) => boolean;
