import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { codeOf } from './failures.ts';

/** Which process made a file: part of the name of temporary and lock files. */
export interface ProcessMark {
  readonly pid: number;
  /** When it started: process ids are given out again. */
  readonly start: string;
  /** Where its process id means something: one boot of one machine, one namespace of process ids (a container has its own). */
  readonly place: string;
}

const run = promisify(execFile);

/** `12-3456-89abcdef-<nonce>`: a file name that tells who made the file. */
export function nameOf({ pid, start, place }: ProcessMark, nonce: string): string {
  return `${pid}-${start}-${place}-${nonce}`;
}

/** The maker of a file, from its name; undefined where the name is of another kind. */
export function makerOf(name: string): ProcessMark | undefined {
  const [, pid, start, place] = /^(\d+)-([^-]+)-([^-]+)-/.exec(name) ?? [];
  return pid && start && place ? { pid: Number(pid), start, place } : undefined;
}

/** This process. */
export async function ownMark(): Promise<ProcessMark> {
  const { pid } = process;
  return { pid, start: (await startOf(pid)) ?? 'unknown', place: shortHash(await findPlace()) };
}

/** Whether a process of this place has ended. A stopped one has not: it goes on where it was. */
export async function hasEnded({ pid, start }: ProcessMark): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, as another user.
    if (codeOf(error) === 'ESRCH') return true;
  }
  const found = await startOf(pid);
  // Unreadable, though the signal found it: /proc may hide the processes of others. Better wait than take over.
  return found !== undefined && found !== start;
}

/** Undefined where it cannot be found out; `ended` for a zombie, which will never act again. */
async function startOf(pid: number): Promise<string | undefined> {
  try {
    return process.platform === 'linux' ? await startOnLinux(pid) : await startElsewhere(pid);
  } catch {
    return undefined;
  }
}

/** @see https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html fields 3 (state) and 22 (starttime) */
async function startOnLinux(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  // Field 2 is the command's name in parentheses; it may itself hold parentheses and spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? 'ended' : fields[19];
}

async function startElsewhere(pid: number): Promise<string> {
  const { stdout } = await run('ps', ['-o', 'lstart=', '-p', `${pid}`], { env: { ...process.env, LC_ALL: 'C' } });
  return shortHash(stdout.trim());
}

async function findPlace(): Promise<string> {
  if (process.platform !== 'linux') return hostname();
  const [boot, namespace] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => hostname()),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return `${boot} ${namespace}`;
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
