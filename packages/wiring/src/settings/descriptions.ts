import { z } from 'zod';
import { s3Descriptions } from './s3-descriptions.ts';
import { hidden, numberBetween, webAddress, wholeNumberBetween, word } from './schemas.ts';
import type { SettingDescription } from './setting-description.ts';

/** Every setting there is, by its name in the environment. */
export const settingDescriptions = {
  LIVE_MEM_DATA: {
    group: 'general',
    meaning: 'Folder that holds the memory, relative to where the command runs. It is made at the first write.',
    otherwise: './data',
    example: './data',
    allowed: 'the path of a folder',
    schema: z.string().refine((path) => !path.includes('\0')),
  },
  LIVE_MEM_STORE: {
    group: 'general',
    meaning: 'Where the memory is kept: folder or s3.',
    otherwise: 's3 where any setting S3_… is set, else folder',
    example: 'folder',
    allowed: 'folder or s3',
    schema: z.enum(['folder', 's3']),
  },
  LIVE_MEM_CONSOLIDATOR: {
    group: 'general',
    meaning:
      'Who turns notes into documents: outline files each note under the heading the rules give its category, without a model; qwen asks a language model.',
    otherwise: 'qwen where any setting LLMAAS_… is set, else outline',
    example: 'outline',
    allowed: 'outline or qwen',
    schema: z.enum(['outline', 'qwen']),
  },
  LIVE_MEM_AGENT: {
    group: 'general',
    meaning: 'Name that notes and changes made from this shell bear: one line, at most 100 characters.',
    otherwise: 'the name of the user of this machine',
    example: 'ann',
    allowed: 'one line of 1 to 100 characters',
    schema: z.string().regex(/^(?=.*\S)[^\p{Cc}]{1,100}$/u),
  },
  LIVE_MEM_LOG: {
    group: 'general',
    meaning:
      'How much is logged to stderr, one JSON object a line: silent, error, warn, info or debug. Where errors came from is told at debug alone.',
    otherwise: 'warnings and errors, in plain words',
    example: 'warn',
    allowed: 'silent, error, warn, info or debug',
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
  },
  LIVE_MEM_ENV_FILE: {
    group: 'general',
    meaning:
      'Another file of settings in place of this one. Works only in the environment itself: in a file it is a fault.',
    otherwise: '.env in the folder where the command runs',
    example: '/etc/live-mem.env',
    allowed: 'the path of a file',
    schema: z.string(),
  },
  NO_COLOR: {
    group: 'general',
    meaning: 'Any text: no colours, see https://no-color.org. Without it colours are used on a terminal only.',
    otherwise: 'colours on a terminal',
    example: '1',
    allowed: 'any text',
    schema: z.string(),
  },
  ADMIN_BOOTSTRAP_KEY: {
    group: 'access',
    meaning:
      'Key that makes the first administrator of a server, and nothing else, while there is none: 32 characters at least. Whoever has this shell makes tokens without it. Never shown, never logged.',
    otherwise: 'none',
    example: 'at_least_32_characters_that_nobody_guesses',
    allowed: '32 to 512 characters',
    secret: true,
    placeholder: /^at_least_32_characters/i,
    schema: z.string().min(32).max(512).transform(hidden),
  },
  BACKUP_RETENTION_COUNT: {
    group: 'access',
    meaning: 'Backups of one space that are kept, the newest; taking one more deletes the oldest. 0: all.',
    otherwise: '5',
    example: '5',
    allowed: 'a whole number from 0 to 1000',
    schema: wholeNumberBetween(0, 1000),
  },
  BACKUP_RETENTION_DAYS: {
    group: 'access',
    meaning: 'Days that backups are kept, when a newer one was taken; the newest stays. 0: for ever.',
    otherwise: '0',
    example: '90',
    allowed: 'a whole number from 0 to 36500',
    schema: wholeNumberBetween(0, 36_500),
  },
  ...s3Descriptions,
  LLMAAS_API_URL: {
    group: 'model',
    meaning: 'Address of the API, with its /v1: nothing is added to it but the name of the call.',
    otherwise: 'none',
    example: 'https://api.ai.cloud-temple.com/v1',
    allowed: 'an http or https address without user and password',
    schema: webAddress,
  },
  LLMAAS_API_KEY: {
    group: 'model',
    meaning: 'Key of the API. Never shown, never logged.',
    otherwise: 'none',
    example: 'your_key',
    allowed: 'one word',
    secret: true,
    placeholder: /^your_key$/i,
    schema: word.transform(hidden),
  },
  LLMAAS_MODEL: {
    group: 'model',
    meaning: 'Name of the model.',
    otherwise: 'qwen3-2507:235b',
    example: 'qwen3-2507:235b',
    allowed: 'one word',
    schema: word,
  },
  LLMAAS_MAX_TOKENS: {
    group: 'model',
    meaning: 'Tokens of the longest answer.',
    otherwise: '100000',
    example: '100000',
    allowed: 'a whole number from 1 to 10000000',
    schema: wholeNumberBetween(1, 10_000_000),
  },
  LLMAAS_TEMPERATURE: {
    group: 'model',
    meaning: 'How freely the model writes, from 0 to 2; low is faithful.',
    otherwise: '0.3',
    example: '0.3',
    allowed: 'a number from 0 to 2',
    schema: numberBetween(0, 2),
  },
} as const satisfies Readonly<Record<string, SettingDescription>>;

/** Name of a setting in the environment. */
export type SettingName = keyof typeof settingDescriptions;

/** All names, in the order of the descriptions. */
export const settingNames = Object.keys(settingDescriptions) as readonly SettingName[];

/** What is known of a setting. */
export function descriptionOf(name: SettingName): SettingDescription {
  return settingDescriptions[name];
}
