import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { isNoteFilename, UnreadableObjectError } from '@live-mem/core';
import { type Check, damage, warn } from './check.ts';
import { isCommit, isJson } from './examine-log.ts';
import { type Examined, namesUnder, readEach } from './examined.ts';

const DESCRIPTION =
  'delete it: the next consolidation writes it again from the log, its description and owner too; fields of other programs are lost';
const DESCRIPTION_WITHOUT_LOG =
  'restore this object from a copy of the store: the space has no log yet that would hold what it said';
const REQUEST =
  'restore this object from a copy of the store, or delete it: then a repetition of that one request may write its note again';
const HEAD = 'harmless: delete it, it is written again';

/** Looks at what is kept beside the log: the description of the space, the hint at the newest commit, the records of requests. */
export async function examineRecords(examined: Examined): Promise<readonly Check[]> {
  return [
    ...(await examineDescription(examined)),
    ...(await examineHead(examined)),
    ...(await examineRequests(examined)),
  ];
}

async function examineDescription(examined: Examined): Promise<readonly Check[]> {
  const { space, part } = examined;
  const [found] = await unreadable(examined, [`${space}/_meta.json`], isJson, 'it is no JSON');
  if (found === undefined) return [];
  const hasLog = (await namesUnder(examined, `${space}/_commits/`)).some(isCommit);
  return [damage(part, found, hasLog ? DESCRIPTION : DESCRIPTION_WITHOUT_LOG)];
}

/** It decides nothing, so it is no fault of stored data; while it cannot be read or written, all is slower. */
async function examineHead(examined: Examined): Promise<readonly Check[]> {
  const { space, part } = examined;
  const key = `${space}/_head.json`;
  const found = (await isFolder(examined, key))
    ? [new UnreadableObjectError(key, 'it is a folder').message]
    : await unreadable(examined, [key], isJson, 'it is no JSON');
  return found.map((message) => warn(part, message, HEAD));
}

/** No listing of a store shows an empty folder. */
async function isFolder({ folder }: Examined, key: string): Promise<boolean> {
  try {
    return folder !== undefined && (await lstat(join(folder, key))).isDirectory();
  } catch {
    return false;
  }
}

async function examineRequests(examined: Examined): Promise<readonly Check[]> {
  const { space, part } = examined;
  const prefix = `${space}/_requests/`;
  const names = (await namesUnder(examined, prefix)).filter((name) => name.endsWith('.json'));
  const keys = names.map((name) => `${prefix}${name}`);
  const found = await unreadable(examined, keys, isRequestRecord, 'it is no record of a request');
  return found.map((message) => damage(part, message, REQUEST));
}

/** What is wrong with each that cannot be read. */
async function unreadable(
  examined: Examined,
  keys: readonly string[],
  isSound: (text: string) => boolean,
  otherwise: string,
): Promise<string[]> {
  const found: string[] = [];
  await readEach(examined, keys, (key, answer) => {
    if (answer instanceof UnreadableObjectError) found.push(answer.message);
    else if (answer && !isSound(answer.body)) found.push(new UnreadableObjectError(key, otherwise).message);
  });
  return found;
}

/** As a retry of the request reads it. */
function isRequestRecord(text: string): boolean {
  if (!isJson(text)) return false;
  const record: unknown = JSON.parse(text);
  if (typeof record !== 'object' || record === null) return false;
  const { key, sha256, timestamp, head } = record as Readonly<Record<string, unknown>>;
  return (
    typeof key === 'string' &&
    isNoteFilename(key) &&
    typeof sha256 === 'string' &&
    typeof timestamp === 'string' &&
    Number.isSafeInteger(head) &&
    Number(head) >= 0
  );
}
