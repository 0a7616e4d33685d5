import { z } from 'zod';

/** One setting, as data: what is checked, what `.env.example` says of it. */
export interface SettingDescription {
  readonly group: SettingGroup;
  /** For people: what it means, with its unit. */
  readonly meaning: string;
  /** What holds where it is not set. */
  readonly otherwise: string;
  /** What `.env.example` shows. */
  readonly example: string;
  /** What is allowed, after "must be". */
  readonly allowed: string;
  /** Its value is never shown. */
  readonly secret?: true;
  /** What documentation shows in its place, and nobody means. */
  readonly placeholder?: RegExp;
  readonly schema: z.ZodType<unknown, string>;
}

/** Settings that belong together. */
export type SettingGroup = keyof typeof settingGroups;

/** The groups, in order, and what to know of each. */
export const settingGroups = {
  general: 'General.',
  access: 'Tokens and backups.',
  s3: 'Store: an S3 bucket. Not in this version yet: with any of these set, set LIVE_MEM_STORE=folder as well.',
  model:
    'Consolidator: a language model behind an OpenAI-compatible API. Not in this version yet: with any of these set, set LIVE_MEM_CONSOLIDATOR=outline as well.',
} as const;

const webAddress = z.url({ protocol: /^https?$/ }).refine((text) => !text.includes('@'));
const numberBetween = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+(\.\d+)?$/)
    .transform(Number)
    .refine((value) => value >= least && value <= most);
const word = z.string().regex(/^\S+$/);

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
    schema: z.string().min(32).max(512),
  },
  BACKUP_RETENTION_COUNT: {
    group: 'access',
    meaning: 'Backups of one space that are kept, the newest; taking one more deletes the oldest. 0: all.',
    otherwise: '5',
    example: '5',
    allowed: 'a whole number from 0 to 1000',
    schema: z.string().regex(/^\d+$/).pipe(numberBetween(0, 1000)),
  },
  BACKUP_RETENTION_DAYS: {
    group: 'access',
    meaning: 'Days that backups are kept, when a newer one was taken; the newest stays. 0: for ever.',
    otherwise: '0',
    example: '90',
    allowed: 'a whole number from 0 to 36500',
    schema: z.string().regex(/^\d+$/).pipe(numberBetween(0, 36_500)),
  },
  S3_ENDPOINT_URL: {
    group: 's3',
    meaning: 'Address of the S3 service.',
    otherwise: 'none',
    example: 'https://your-endpoint.s3.fr1.cloud-temple.com',
    allowed: 'an http or https address without user and password',
    placeholder: /your-endpoint/i,
    schema: webAddress,
  },
  S3_ACCESS_KEY_ID: {
    group: 's3',
    meaning: 'Name of the access key.',
    otherwise: 'none',
    example: 'AKIA_YOUR_KEY',
    allowed: 'one word',
    secret: true,
    placeholder: /^AKIA_YOUR_KEY$/i,
    schema: word,
  },
  S3_SECRET_ACCESS_KEY: {
    group: 's3',
    meaning: 'Secret of the access key. Never shown, never logged.',
    otherwise: 'none',
    example: 'your_secret',
    allowed: 'one word',
    secret: true,
    placeholder: /^your_secret$/i,
    schema: word,
  },
  S3_BUCKET_NAME: {
    group: 's3',
    meaning: 'Bucket that holds the memory.',
    otherwise: 'none',
    example: 'live-mem',
    allowed: '3 to 63 letters, digits, dots, - and _, a letter or digit first',
    schema: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{2,62}$/),
  },
  S3_REGION_NAME: {
    group: 's3',
    meaning: 'Region that requests are signed for.',
    otherwise: 'fr1',
    example: 'fr1',
    allowed: 'letters, digits and -',
    schema: z.string().regex(/^[a-zA-Z0-9-]+$/),
  },
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
    schema: word,
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
    schema: z.string().regex(/^\d+$/).pipe(numberBetween(1, 10_000_000)),
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
