import type { CreatedSpace, FoundNotes } from '@live-mem/core';
import type { Drawing } from './alpha-calls.ts';
import { type Call, valueOf } from './call.ts';

const space = 'beta';

interface Known {
  readonly fact: string;
  /** Step at which it was acknowledged. */
  readonly at: number;
}

/** Draws calls about a space that is deleted and created again: nothing of an ended life is seen in the next. */
export function createSecondLifeCalls(): (drawing: Drawing) => Call {
  const facts: Known[] = [];
  let steps = 0;
  /** The latest deletion that was acknowledged began then. */
  let ended = 0;
  let [isMade, isEnding] = [false, false];

  function create(): Call {
    return {
      name: 'create beta',
      run: (memory) => memory.spaces.create({ space, actor: 'sim', rules: '# one.md\n' }),
      ended(ending) {
        if (valueOf(ending) as CreatedSpace | undefined) isMade = true;
      },
    };
  }

  function remove({ again }: Drawing): Call {
    const begun = ++steps;
    isEnding = true;
    const call: Call = {
      name: 'delete beta',
      run: (memory) => memory.spaces.delete({ space, actor: 'sim' }),
      may: ['SPACE_NOT_FOUND'],
      ended(ending) {
        if (valueOf(ending) === undefined && !isGone(ending)) return void again.push(call);
        ended = Math.max(ended, begun);
        [isMade, isEnding] = [false, false];
      },
    };
    return call;
  }

  function note({ oracle }: Drawing): Call {
    const fact = `beta-${oracle.number()};`;
    return {
      name: `note ${fact}`,
      run: (memory) => memory.notes.write({ space, agent: 'ann', category: 'insight', content: fact }),
      may: ['SPACE_NOT_FOUND'],
      ended(ending) {
        if (valueOf(ending)) facts.push({ fact, at: ++steps });
      },
    };
  }

  function read({ oracle }: Drawing): Call {
    let gone: readonly Known[] = [];
    return {
      name: 'read the notes of beta',
      run(memory) {
        gone = facts.filter(({ at }) => at < ended);
        return memory.notes.read({ space, limit: 500 });
      },
      may: ['SPACE_NOT_FOUND'],
      ended(ending) {
        const text = (valueOf(ending) as FoundNotes | undefined)?.notes.map(({ content }) => content).join('\n') ?? '';
        for (const { fact } of gone)
          if (text.includes(fact)) oracle.violate(`${fact} is of a life that ended, and read`);
      },
    };
  }

  return (drawing) => {
    if (!isMade) return create();
    if (isEnding) return read(drawing);
    return drawing.random.pick([note, note, read, read, remove])(drawing);
  };
}

function isGone(ending: Parameters<Call['ended']>[0]): boolean {
  return ending !== 'crashed' && 'error' in ending && (ending.error as { code?: string }).code === 'SPACE_NOT_FOUND';
}
