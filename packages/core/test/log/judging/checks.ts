import type { View } from '../exploring/explore.ts';
import { docsAsOf, toldBy } from './the-log.ts';

/** Judges one state. @returns what is wrong */
export type Check = (view: View) => string | undefined;

export function all(...checks: readonly Check[]): Check {
  return (view) => {
    for (const check of checks) {
      const wrong = check(view);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

/** What was acknowledged to these actors is in the log exactly once; what was not, once at most. */
export function changesOnce(...actors: readonly string[]): Check {
  return ({ snapshot, outcomes }) => {
    const { commits } = toldBy(snapshot);
    for (const actor of actors) {
      const made = commits.filter((commit) => commit.actor === actor).length;
      const ended = outcomes.get(actor);
      const acknowledged = ended !== undefined && 'value' in ended;
      if (made > 1 || (acknowledged && made === 0))
        return `${actor} ${acknowledged ? 'was told "done"' : 'works'}, ${made} commits are its`;
    }
    return undefined;
  };
}

/** These actors succeed, whatever the others do. */
export function succeed(...actors: readonly string[]): Check {
  return ({ outcomes }) => {
    for (const actor of actors) {
      const ended = outcomes.get(actor);
      if (ended && 'error' in ended) return `${actor} failed: ${ended.error.message}`;
    }
    return undefined;
  };
}

/** Whoever fails says that. */
export function mayFailWith(actor: string, ...codes: readonly string[]): Check {
  return ({ outcomes }) => {
    const ended = outcomes.get(actor);
    if (!ended || !('error' in ended)) return undefined;
    const code = 'code' in ended.error ? String(ended.error.code) : '';
    return codes.includes(code) ? undefined : `${actor} failed: ${ended.error.message}`;
  };
}

/** A fact is live or in the bank, and so once. */
export function once(fact: string): Check {
  return ({ snapshot }) => {
    const { docs, live } = toldBy(snapshot);
    const [noted, banked] = [occurrences([...live.values()], fact), occurrences([...docs.values()], fact)];
    return noted + banked === 1 ? undefined : `"${fact}" is ${noted} times live and ${banked} times in the bank`;
  };
}

export function occurrences(texts: readonly string[], fact: string): number {
  return texts.reduce((sum, text) => sum + text.split(fact).length - 1, 0);
}

/** The answer is the bank as of one commit that was the head while the reader worked. */
export function readsOneCommit(reader: string): Check {
  return ({ outcomes }) => {
    const ended = outcomes.get(reader);
    if (!ended || 'error' in ended) return ended && `${reader} failed: ${ended.error.message}`;
    const { commit, documents } = ended.value as { commit: number; documents: { filename: string; content: string }[] };
    const [first, last] = [toldBy(ended.during.first), toldBy(ended.during.last)];
    if (commit < first.head || commit > last.head)
      return `${reader} read commit ${commit}, while the head was ${first.head} to ${last.head}`;
    const told = [...docsAsOf(last.commits, commit)].filter(([path]) => path.startsWith('bank/'));
    const read = new Map(documents.map(({ filename, content }) => [`bank/${filename}`, content]));
    const same = read.size === told.length && told.every(([path, text]) => read.get(path) === text);
    return same
      ? undefined
      : `${reader} read ${JSON.stringify([...read])}, commit ${commit} says ${JSON.stringify(told)}`;
  };
}

/** A summary shows the fact once: as a note, or in the bank. */
export function summarizesOnce(reader: string, fact: string): Check {
  return ({ outcomes }) => {
    const ended = outcomes.get(reader);
    if (!ended || 'error' in ended) return ended && `${reader} failed: ${ended.error.message}`;
    const { text, notes } = ended.value as { text: string; notes: number };
    const banked = occurrences([text], fact);
    return banked + notes === 1
      ? undefined
      : `the summary shows the fact ${banked} times in the bank and ${notes} notes`;
  };
}
