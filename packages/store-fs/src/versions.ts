import type { BigIntStats } from 'node:fs';
import type { Version } from '@live-mem/core/store';

/** What tells one stored body from another. */
export type FileMark = Pick<BigIntStats, 'ino' | 'size' | 'mtimeNs'>;

const MICROSECOND = 1000n;
const MILLISECOND = 1_000_000n;
const SECOND = 1_000_000_000n;
/** The coarser ones are for file systems that keep coarser dates. */
const steps = [2n * MICROSECOND, MILLISECOND, 10n * MILLISECOND, SECOND, 2n * SECOND];

/** What of an open file is needed to date it. */
export interface DatedFile {
  readonly utimes: (accessed: number, modified: number) => Promise<void>;
  readonly stat: (options: { readonly bigint: true }) => Promise<FileMark>;
}

/** The same as long as nobody writes the file, whether it is one of ours or comes from an editor. */
export function versionOf({ ino, size, mtimeNs }: FileMark): Version {
  return `${ino}-${size}-${mtimeNs}`;
}

/** Milliseconds since the Unix epoch. */
export function modifiedAt({ mtimeNs }: FileMark): number {
  return Number(mtimeNs / MILLISECOND);
}

/**
 * Dates a file so that its version is a new one. The kernel's own dates tick only every few milliseconds, and the inode of
 * a file that was replaced is soon given out again: two bodies of one size in one tick would look the same. So the date is
 * ours: now, with microseconds drawn at random, and later than the date of the file it replaces. A date far in
 * the future (set by hand, or by a clock that was wrong) is left behind, not carried on: only difference is needed there.
 */
export async function dateNewly(file: DatedFile, replaced: FileMark | undefined, now: number): Promise<FileMark> {
  const wanted = BigInt(Math.floor(now)) * MILLISECOND + BigInt(Math.floor(Math.random() * 1000)) * MICROSECOND;
  const before = replaced && replaced.mtimeNs < wanted + 10n * SECOND ? replaced.mtimeNs : 0n;
  for (const date of [wanted, ...steps.map((step) => before + step)]) {
    const mark = date > before ? await setDate(file, date) : undefined;
    if (mark && mark.mtimeNs > before) return mark;
  }
  return file.stat({ bigint: true });
}

async function setDate(file: DatedFile, date: bigint): Promise<FileMark> {
  // A double holds seconds since 1970 to a quarter of a microsecond.
  const seconds = Number(date / MICROSECOND) / 1e6;
  await file.utimes(seconds, seconds);
  return file.stat({ bigint: true });
}
