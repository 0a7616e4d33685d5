import { userInfo } from 'node:os';
import type { Retention } from '@live-mem/core';
import type { LogLevel } from '../logger.ts';
import { descriptionOf, type SettingName, settingNames } from './descriptions.ts';
import type { Environment, Variables } from './environment.ts';
import { nearestName } from './nearest-name.ts';
import type { Secret } from './secret.ts';
import type { IsSet, SettingValues } from './setting-values.ts';
import { type SettingFault, SettingsError } from './settings-error.ts';
import { type StoreSettings, storeSettingsOf, unusedByStore } from './store-settings.ts';

/** What the environment asks for, checked. May be logged: what is secret is not seen. */
export interface Settings {
  readonly store: StoreSettings;
  readonly consolidator: { readonly kind: 'outline' };
  /** How many backups of a space are kept, and for how long. */
  readonly retention: Retention;
  /** Makes the first administrator. */
  readonly bootstrapKey?: Secret | undefined;
  /** Whose name notes and changes bear where none is given. */
  readonly agent: string;
  /** Absent where nobody asked: the app knows what suits its readers. */
  readonly log?: LogLevel | undefined;
  readonly colour: boolean;
  /** The file of settings that was read. */
  readonly file?: string | undefined;
  /** Settings that are set and have no effect, because another store or consolidator is chosen. */
  readonly unused: readonly SettingName[];
}

const modelNames = settingNames.filter((name) => descriptionOf(name).group === 'model');

/**
 * Checks every setting, also those that have no effect.
 * @throws {@link SettingsError} names all that is wrong at once
 */
export function readSettings(environment: Environment): Settings {
  const { variables } = environment;
  const faults: SettingFault[] = unknownNames(variables);
  const values: Record<string, unknown> = {};
  for (const name of settingNames) {
    const text = variables[name];
    // `NAME=` in a file of settings means that it is not set.
    if (text === undefined || text.trim() === '') continue;
    const fault = faultOf(name, text);
    if (fault === undefined) values[name] = descriptionOf(name).schema.parse(text);
    else faults.push({ at: name, message: fault });
  }
  const isSet: IsSet = (name) => (variables[name] ?? '').trim() !== '';
  const store = storeSettingsOf(values, isSet, environment.folder);
  faults.push(...('faults' in store ? store.faults : []), ...missingModel(values, isSet));
  if (faults.length > 0 || 'faults' in store) throw new SettingsError(faults);
  const unused = [...unusedByStore(store, isSet), ...modelNames.filter(isSet)];
  return { ...settingsOf(environment, values), store, unused };
}

function settingsOf({ file }: Environment, values: SettingValues): Omit<Settings, 'store' | 'unused'> {
  return {
    consolidator: { kind: 'outline' },
    retention: { count: values.BACKUP_RETENTION_COUNT ?? 5, days: values.BACKUP_RETENTION_DAYS ?? 0 },
    bootstrapKey: values.ADMIN_BOOTSTRAP_KEY,
    agent: values.LIVE_MEM_AGENT ?? userName(),
    log: values.LIVE_MEM_LOG,
    colour: values.NO_COLOR === undefined,
    file,
  };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return 'live-mem';
  }
}

function unknownNames(variables: Variables): SettingFault[] {
  const known: ReadonlySet<string> = new Set(settingNames);
  return Object.entries(variables)
    .filter(([name]) => name.startsWith('LIVE_MEM_') && !known.has(name))
    .map(([name, text = '']) => {
      const meant = nearestName(name, settingNames);
      const instead =
        meant === undefined
          ? `unset it; those there are: ${settingNames.filter((one) => one.startsWith('LIVE_MEM_')).join(', ')}`
          : `did you mean ${meant}?`;
      return { at: name, message: `is no setting, and has ${shownValue(name, text)}: ${instead}` };
    });
}

const SHOWN = 60;

/** What it is set to, unless it may be a secret: nobody knows what an unknown setting was meant for. */
function shownValue(name: string, text: string): string {
  const isSecret =
    /key|secret|token|pass|pwd|auth|cred/i.test(name) ||
    text.includes('@') ||
    /^(?=.*\d)(?=.*[a-z])[\w+/=.-]{16,}$/i.test(text);
  if (isSecret) return 'a value (not shown)';
  return `the value ${JSON.stringify(text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text)}`;
}

function faultOf(name: SettingName, text: string): string | undefined {
  const { allowed, placeholder, schema, secret } = descriptionOf(name);
  const shown = secret || text.includes('@') ? 'the value (not shown)' : JSON.stringify(text);
  if (placeholder?.test(text))
    return 'still is the placeholder of the documentation: put your own value, or remove the line';
  return schema.safeParse(text).success ? undefined : `must be ${allowed}, and ${shown} is not`;
}

/** A model is asked for, and nothing asks one yet. */
function missingModel({ LIVE_MEM_CONSOLIDATOR: forced }: SettingValues, isSet: IsSet): SettingFault[] {
  const model = modelNames.filter(isSet);
  if (forced !== 'qwen' && (forced === 'outline' || model.length === 0)) return [];
  const asking = forced === undefined ? model : [`LIVE_MEM_CONSOLIDATOR=${forced}`, ...model];
  const set = (forced === undefined ? model : ['LIVE_MEM_CONSOLIDATOR', ...model]).join(', ');
  const verb = asking.length > 1 ? 'ask' : 'asks';
  const message = `${verb} for a language model as the consolidator, which this version does not have yet: unset ${set}, or set LIVE_MEM_CONSOLIDATOR=outline`;
  return [{ at: asking.join(', '), message }];
}
