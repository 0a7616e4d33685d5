import type { ConsolidationRequest, NoteFate, RequestNote } from '@live-mem/core';
import { citationOf, type Entry, entries, formatEntry, keyOf, minuteOf, wholeCitation } from './entry.ts';
import { plain } from './language.ts';
import type { NewEntry } from './merge.ts';
import type { Home, Outline } from './rules.ts';
import { utf8Bytes } from './utf8-bytes.ts';
import { openVolumes } from './volumes.ts';

/** What goes under one heading of one document. */
export interface Filing extends Home {
  /** Newest first. */
  readonly entries: readonly NewEntry[];
  /** Ids of the notes. */
  readonly notes: readonly string[];
}

/** Notes by where they go, and what became of each. */
export interface Filed {
  /** By document; the headings of each in the order of the rules. */
  readonly filings: ReadonlyMap<string, readonly Filing[]>;
  readonly fates: readonly NoteFate[];
}

/** A note that is in no document yet, as an entry, and the place it goes to. */
interface FreshNote extends NewEntry {
  readonly id: string;
  readonly home: Home;
  readonly filename: string;
}

/** An entry of the bank, and its document. */
interface Standing {
  readonly entry: Entry;
  readonly filename: string;
}

/** The entries of the bank, by minute and citation. */
type Bank = ReadonlyMap<string, readonly Standing[]>;

/**
 * Sorts notes by the place the rules give them. A note that the bank already holds is discarded.
 * @param bank entries by document
 */
export function fileNotes(
  { notes, documents }: ConsolidationRequest,
  outline: Outline,
  bank: ReadonlyMap<string, readonly Entry[]>,
): Filed {
  const there = Map.groupBy(
    [...bank].flatMap(([filename, list]) => list.map((entry) => ({ entry, filename }))),
    ({ entry }) => keyOf(entry),
  );
  const names = new Map(documents.map(({ filename }) => [filename.toLowerCase(), filename]));
  const volumes = openVolumes(new Map(documents.map(({ filename, text }) => [filename, utf8Bytes(text)])));
  const cited = new Set<string>();
  const fresh = notes.toSorted(byTime).flatMap((note) => {
    if (documentOf(note, there) !== undefined) return [];
    const citation = freeCitation(note, there, cited);
    const home = outline.homes[note.category];
    const text = formatEntry(note, citation);
    const filename = volumes.take(names.get(home.filename.toLowerCase()) ?? home.filename, bytesAtMost(text));
    return [{ id: note.id, minute: minuteOf(note.timestamp), text, home, filename }];
  });
  const byDocument = Map.groupBy(fresh.toReversed(), ({ filename }) => filename);
  const kept = new Set(fresh.map(({ id }) => id));
  return {
    filings: new Map([...byDocument].map(([filename, list]) => [filename, filingsOf(list, outline)])),
    fates: notes.map((note) => (kept.has(note.id) ? { note: note.id, fate: 'integrated' } : already(note, there))),
  };
}

/** @param fresh notes of one document, newest first */
function filingsOf(fresh: readonly FreshNote[], outline: Outline): Filing[] {
  const order = outline.headingsOf(fresh[0]?.home.filename ?? '').map(plain);
  const byHeading = Map.groupBy(fresh, ({ home }) => plain(home.heading));
  return [...byHeading]
    .toSorted(([one], [other]) => order.indexOf(one) - order.indexOf(other))
    .flatMap(([, list]) => {
      const [first] = list;
      return first ? [{ ...first.home, entries: list, notes: list.map(({ id }) => id).toReversed() }] : [];
    });
}

/** Of two notes of a minute that would be cited alike, the second gets its whole name. */
function freeCitation({ id, timestamp }: RequestNote, there: Bank, cited: Set<string>): string {
  const minute = minuteOf(timestamp);
  const short = citationOf(id);
  const key = keyOf({ minute, citation: short });
  const citation = cited.has(key) || there.has(key) ? wholeCitation(id) : short;
  cited.add(keyOf({ minute, citation }));
  return citation;
}

/**
 * The document whose entry is the note's. The whole name is no other note's; a short citation may be, and then another agent
 * wrote it or it says something else: to take that for the note would lose it.
 */
function documentOf(note: RequestNote, there: Bank): string | undefined {
  const minute = minuteOf(note.timestamp);
  const [byName] = there.get(keyOf({ minute, citation: wholeCitation(note.id) })) ?? [];
  if (byName) return byName.filename;
  const short = there.get(keyOf({ minute, citation: citationOf(note.id) }));
  if (short === undefined) return undefined;
  // As the bank would hold it: names and contents are in a normal form there.
  const [own] = entries(formatEntry(note));
  return short.find(({ entry }) => entry.agent === own?.agent && entry.content === own.content)?.filename;
}

/** What an entry takes in a document with line ends of two bytes, and a blank line behind it. */
function bytesAtMost(entry: string): number {
  return utf8Bytes(`${entry}\n\n`.replaceAll('\n', '\r\n'));
}

function byTime(one: RequestNote, other: RequestNote): number {
  if (one.timestamp !== other.timestamp) return one.timestamp < other.timestamp ? -1 : 1;
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}

function already(note: RequestNote, there: Bank): NoteFate {
  return { note: note.id, fate: 'discarded', reason: `already in ${documentOf(note, there) ?? 'the bank'}` };
}
