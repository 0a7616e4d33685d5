import type { z } from 'zod';

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
  s3: 'Store: an S3 bucket. Setting any of these chooses it, unless LIVE_MEM_STORE is folder; it needs the first four.',
  model:
    'Consolidator: a language model behind an OpenAI-compatible API. Not in this version yet: with any of these set, set LIVE_MEM_CONSOLIDATOR=outline as well.',
} as const;
