import type { ConsolidationRequest, NoteFate, RequestNote } from '@live-mem/core';
import { citationOf, type Entry, formatEntry, keyOf, minuteOf, wholeCitation } from './entry.ts';
import { plain } from './language.ts';
import type { NewEntry } from './merge.ts';
import type { Home, Outline } from './rules.ts';
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

/**
 * Sorts notes by the place the rules give them. A note that an entry of the bank already cites is discarded.
 * @param bank entries by document
 */
export function fileNotes(
  { notes, documents }: ConsolidationRequest,
  outline: Outline,
  bank: ReadonlyMap<string, readonly Entry[]>,
): Filed {
  const there = new Map([...bank].flatMap(([name, list]) => list.map((entry) => [keyOf(entry), name] as const)));
  const names = new Map(documents.map(({ filename }) => [filename.toLowerCase(), filename]));
  const volumes = openVolumes(new Map(documents.map(({ filename, text }) => [filename, 3 * text.length])));
  const cited = new Set<string>();
  const fresh = notes.toSorted(byTime).flatMap((note) => {
    const citation = freeCitation(note, there, cited);
    if (citation === undefined) return [];
    const home = outline.homes[note.category];
    const text = formatEntry(note, citation);
    const filename = volumes.take(names.get(home.filename.toLowerCase()) ?? home.filename, 3 * text.length);
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

/** Undefined where an entry of the bank cites the note. Two notes of a minute that would be cited alike: one gets its whole name. */
function freeCitation(
  { id, timestamp }: RequestNote,
  there: ReadonlyMap<string, string>,
  cited: Set<string>,
): string | undefined {
  const minute = minuteOf(timestamp);
  const [short, whole] = [citationOf(id), wholeCitation(id)];
  if (there.has(keyOf({ minute, citation: short })) || there.has(keyOf({ minute, citation: whole }))) return undefined;
  const citation = cited.has(keyOf({ minute, citation: short })) ? whole : short;
  cited.add(keyOf({ minute, citation }));
  return citation;
}

function byTime(one: RequestNote, other: RequestNote): number {
  if (one.timestamp !== other.timestamp) return one.timestamp < other.timestamp ? -1 : 1;
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}

function already({ id, timestamp }: RequestNote, there: ReadonlyMap<string, string>): NoteFate {
  const minute = minuteOf(timestamp);
  const keys = [citationOf(id), wholeCitation(id)].map((citation) => keyOf({ minute, citation }));
  const filename = keys.map((key) => there.get(key)).find((name) => name !== undefined);
  return { note: id, fate: 'discarded', reason: `already in ${filename ?? 'the bank'}` };
}
