import { LiveMemoryError } from '@live-mem/core';

/** One wrong setting: its name, and a sentence that says what is wrong and what to do. Holds no secret. */
export interface SettingFault {
  readonly at: string;
  readonly message: string;
}

/** Settings are wrong; nothing was started. Names all of them at once. */
export class SettingsError extends LiveMemoryError {
  override readonly name = 'SettingsError';
  readonly code = 'WRONG_SETTINGS';
  readonly remedy = 'fix-setup';
  readonly faults: readonly SettingFault[];
  constructor(faults: readonly SettingFault[], options?: ErrorOptions) {
    super(faults.map(({ at, message }) => `${at} ${message}`).join('; '), options);
    this.faults = faults;
  }
}
