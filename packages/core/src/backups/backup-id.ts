import { z } from 'zod';
import type { ObjectKey } from '../ports/object-store.ts';
import { spaceId } from '../spaces/space.ts';

/** What keys of all backups begin with. */
export const BACKUPS = '_backups/';
const TIMESTAMP = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}$/;

/** Last of what is written: with it the backup is whole. */
export const MANIFEST = '_manifest.json';
/** First of what is written, and stays: a backup with it and without a manifest was broken off, or lost its manifest. */
export const CLAIM = '_claim.json';
/** There while a backup is deleted. */
export const DELETING = '_deleting.json';

/** Which backup: `{space}/{YYYY-MM-DDTHH-MM-SS}`, in UTC. */
export interface BackupId {
  readonly backup: string;
  readonly space: string;
  readonly timestamp: string;
}

/** Reads the id of a backup. */
export const backupId: z.ZodType<BackupId, string> = z
  .string()
  .refine((text) => parseBackupId(text) !== undefined, 'is no id of a backup, for instance alpha/2026-11-25T08-00-00')
  .transform((text) => parseBackupId(text) ?? { backup: text, space: '', timestamp: '' });

/** Undefined where it is none. */
export function parseBackupId(text: string): BackupId | undefined {
  const [space = '', timestamp = '', ...more] = text.split('/');
  const id = { backup: text, space, timestamp };
  const isOne = more.length === 0 && spaceId.safeParse(space).success && TIMESTAMP.test(timestamp);
  return isOne && !Number.isNaN(momentOf(id)) ? id : undefined;
}

/** @param at milliseconds since the Unix epoch */
export function backupIdAt(space: string, at: number): BackupId {
  const timestamp = new Date(at).toISOString().slice(0, 19).replaceAll(':', '-');
  return { backup: `${space}/${timestamp}`, space, timestamp };
}

/** The moment a backup was begun, in milliseconds since the Unix epoch. */
export function momentOf({ timestamp }: BackupId): number {
  return Date.parse(`${timestamp.slice(0, 10)}T${timestamp.slice(11).replaceAll('-', ':')}Z`);
}

/** Where a file of a backup is stored; without a path, what all its keys begin with. */
export function backupKey({ backup }: BackupId, path = ''): ObjectKey {
  return `${BACKUPS}${backup}/${path}`;
}
