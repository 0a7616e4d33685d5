import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import type { Retention } from '@live-mem/core';
import type { z } from 'zod';
import type { LogLevel } from '../logger.ts';
import { descriptionOf, type SettingName, type settingDescriptions, settingNames } from './descriptions.ts';
import type { Environment, Variables } from './environment.ts';
import { nearestName } from './nearest-name.ts';
import { type SettingFault, SettingsError } from './settings-error.ts';

/** What the environment asks for, checked. */
export interface Settings {
  /** The folder's path is absolute. */
  readonly store: { readonly kind: 'folder'; readonly folder: string };
  readonly consolidator: { readonly kind: 'outline' };
  /** How many backups of a space are kept, and for how long. */
  readonly retention: Retention;
  /** Makes the first administrator. */
  readonly bootstrapKey?: string | undefined;
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

type Values = { readonly [Name in SettingName]?: z.output<(typeof settingDescriptions)[Name]['schema']> };

const s3Names = settingNames.filter((name) => descriptionOf(name).group === 's3');
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
  const isSet = (name: SettingName): boolean => (variables[name] ?? '').trim() !== '';
  faults.push(...missingAdapters(values, isSet));
  if (faults.length > 0) throw new SettingsError(faults);
  return settingsOf(environment, values, [...s3Names, ...modelNames].filter(isSet));
}

function settingsOf({ folder, file }: Environment, values: Values, unused: readonly SettingName[]): Settings {
  return {
    store: { kind: 'folder', folder: resolve(folder, values.LIVE_MEM_DATA ?? './data') },
    consolidator: { kind: 'outline' },
    retention: { count: values.BACKUP_RETENTION_COUNT ?? 5, days: values.BACKUP_RETENTION_DAYS ?? 0 },
    bootstrapKey: values.ADMIN_BOOTSTRAP_KEY,
    agent: values.LIVE_MEM_AGENT ?? userName(),
    log: values.LIVE_MEM_LOG,
    colour: values.NO_COLOR === undefined,
    file,
    unused,
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

/** What is asked for and does not exist yet. */
function missingAdapters(values: Values, isSet: (name: SettingName) => boolean): SettingFault[] {
  const faults: SettingFault[] = [];
  const s3 = s3Names.filter(isSet);
  if (values.LIVE_MEM_STORE === 's3' || (values.LIVE_MEM_STORE !== 'folder' && s3.length > 0)) {
    const forced = values.LIVE_MEM_STORE === 's3' ? 'LIVE_MEM_STORE' : undefined;
    faults.push(missing({ forced, value: 's3', names: s3 }, 'an S3 bucket as the store', 'LIVE_MEM_STORE=folder'));
  }
  const model = modelNames.filter(isSet);
  const forced = values.LIVE_MEM_CONSOLIDATOR;
  if (forced === 'qwen' || (forced !== 'outline' && model.length > 0)) {
    const asked = { forced: forced === 'qwen' ? 'LIVE_MEM_CONSOLIDATOR' : undefined, value: 'qwen', names: model };
    faults.push(missing(asked, 'a language model as the consolidator', 'LIVE_MEM_CONSOLIDATOR=outline'));
  }
  return faults;
}

interface Asked {
  /** The setting that asks for it by name, where it does. */
  readonly forced: string | undefined;
  readonly value: string;
  /** Settings that ask for it by being set. */
  readonly names: readonly string[];
}

function missing({ forced, value, names }: Asked, what: string, instead: string): SettingFault {
  const asking = forced === undefined ? names : [`${forced}=${value}`, ...names];
  const set = (forced === undefined ? names : [forced, ...names]).join(', ');
  const verb = asking.length > 1 ? 'ask' : 'asks';
  const message = `${verb} for ${what}, which this version does not have yet: unset ${set}, or set ${instead}`;
  return { at: asking.join(', '), message };
}
