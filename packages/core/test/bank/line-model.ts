/** A line with a name of its own, wherever it stands and whether it can be seen. */
interface Line {
  readonly name: string;
  /** The commit that brought it, and those that took it out. */
  readonly by: number;
  readonly removedBy: Set<number>;
}

/** One edit of a write; `at` is a place in the document, taken around. */
export interface LineEdit {
  readonly operation: 'insert' | 'delete' | 'replace';
  readonly at: number;
}

/**
 * What a document is after changes of whole lines and undos of them, found without spans and diffs: every line ever written keeps its place
 * among all others, and can be seen while the change that brought it stands and none stands that took it out.
 */
export interface LineModel {
  /** The lines that can be seen now. */
  readonly lines: () => readonly string[];
  /** What a write would make of them; nothing is changed. */
  readonly planned: (edits: readonly LineEdit[], commit: number) => Planned;
  /** The document was changed as planned. */
  readonly write: (planned: Planned, commit: number) => void;
  /** Commit `commit` undid `undone`, and this is how the lines stand. */
  readonly undo: (undone: number, commit: number, lines: readonly string[]) => void;
  /**
   * What is wrong with lines that are to be those without commit `n`: each must be there that the other changes left, no other, and any two as
   * they stood before. (Lines that two changes put in at the same place never stood in an order before.)
   */
  readonly faultWithout: (n: number, lines: readonly string[]) => string | undefined;
  /** Whether a commit, be it an undo, is undone. */
  readonly isUndone: (n: number) => boolean;
  /** Whether commit `n` changed the document. */
  readonly changed: (n: number) => boolean;
  /** Whether two untouched lines or more lie between all that commit `n` touched and all that any later change did that stands. */
  readonly isFar: (n: number) => boolean;
}

/** All lines ever written, in order, after a write. */
interface Planned {
  readonly all: readonly Line[];
  readonly removed: readonly Line[];
  readonly text: readonly string[];
}

/** @param firstLines the lines of the document when commit `first` had created it */
export function createLineModel(firstLines: readonly string[], first: number): LineModel {
  let all: readonly Line[] = firstLines.map((name) => ({ name, by: first, removedBy: new Set() }));
  const undos = new Map<number, number>();
  /** Commit → what could be seen after it. */
  const states = new Map<number, ReadonlySet<Line>>();
  /** The same as names, in order. */
  const orders = new Map<number, readonly string[]>();
  let last = first;
  record(first);

  function isUndone(n: number, of: ReadonlyMap<number, number> = undos): boolean {
    return [...of].some(([commit, undone]) => undone === n && !isUndone(commit, of));
  }

  function seen(of: ReadonlyMap<number, number> = undos): readonly Line[] {
    return all.filter(
      ({ by, removedBy }) => !isUndone(by, of) && [...removedBy].every((commit) => isUndone(commit, of)),
    );
  }

  function record(commit: number): void {
    for (let n = last + 1; n < commit; n++) states.set(n, states.get(last) ?? new Set());
    states.set(commit, new Set(seen()));
    orders.set(
      commit,
      seen().map(({ name }) => name),
    );
    last = commit;
  }

  function touched(n: number): readonly Line[] {
    const [before, after] = [states.get(n - 1), states.get(n)];
    return all.filter((line) => before?.has(line) !== after?.has(line));
  }

  /** Undone, or the undo of a change after `n`: both together are nothing. */
  function isCancelled(commit: number, n: number): boolean {
    const undone = undos.get(commit);
    return isUndone(commit) || (undone !== undefined && undone > n);
  }

  return {
    lines: () => seen().map(({ name }) => name),
    planned(edits, commit) {
      const made = edits.reduce((plan, edit, at) => applied(plan, edit, { commit, name: `${commit}.${at}` }), {
        all,
        removed: [] as readonly Line[],
        now: seen(),
      });
      return { all: made.all, removed: made.removed, text: made.now.map(({ name }) => name) };
    },
    write(planned, commit) {
      all = planned.all;
      for (const line of planned.removed) line.removedBy.add(commit);
      record(commit);
    },
    undo(undone, commit, names) {
      undos.set(commit, undone);
      const visible = new Set(seen());
      const ordered = names.flatMap((name) => [...visible].find((line) => line.name === name) ?? []);
      let at = 0;
      all = all.map((line) => (visible.has(line) ? (ordered[at++] ?? line) : line));
      record(commit);
    },
    faultWithout(n, names) {
      const expected = seen(new Map([...undos, [Number.POSITIVE_INFINITY, n]])).map(({ name }) => name);
      if (expected.toSorted().join() !== names.toSorted().join())
        return `${names.join()} instead of ${expected.join()}`;
      const wrong = [...orders.values()].find((order) => !agree(order, names));
      return wrong && `${names.join()} stood as ${wrong.join()}`;
    },
    isUndone: (n) => isUndone(n),
    changed: (n) => touched(n).length > 0,
    isFar(n) {
      const later = Array.from({ length: last - n }, (_, at) => n + 1 + at).filter((commit) => !isCancelled(commit, n));
      const seenAll = [n - 1, n, last].map((commit) => states.get(commit));
      const untouched = all.map((line) => seenAll.every((state) => state?.has(line)));
      const mine = touched(n).map((line) => all.indexOf(line));
      const theirs = later.flatMap((commit) => touched(commit)).map((line) => all.indexOf(line));
      return mine.every((a) =>
        theirs.every((b) => untouched.slice(Math.min(a, b) + 1, Math.max(a, b)).filter(Boolean).length >= 2),
      );
    },
  };
}

/** Whether what both hold stands in the same order. */
function agree(one: readonly string[], other: readonly string[]): boolean {
  const shared = one.filter((name) => other.includes(name));
  return shared.join() === other.filter((name) => one.includes(name)).join();
}

interface Plan {
  readonly all: readonly Line[];
  readonly removed: readonly Line[];
  readonly now: readonly Line[];
}

/** A new line stands right after the one it was put behind, or that it replaces. */
function applied(plan: Plan, { operation, at }: LineEdit, { commit, name }: { commit: number; name: string }): Plan {
  const place = plan.now.length === 0 ? 0 : at % plan.now.length;
  const target = plan.now[place];
  const line: Line = { name, by: commit, removedBy: new Set() };
  const added = operation === 'delete' ? [] : [line];
  const all = plan.all.toSpliced(target ? plan.all.indexOf(target) + 1 : 0, 0, ...added);
  if (operation === 'insert' || !target) return { ...plan, all, now: plan.now.toSpliced(place + 1, 0, ...added) };
  const now = plan.now.toSpliced(place, 1, ...added);
  // What this very change put in was never there.
  if (target.by === commit) return { ...plan, all: all.filter((one) => one !== target), now };
  return { all, now, removed: [...plan.removed, target] };
}
