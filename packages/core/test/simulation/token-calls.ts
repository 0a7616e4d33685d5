import type { CreatedToken } from '@live-mem/core';
import type { Drawing } from './alpha-calls.ts';
import { type Call, valueOf } from './call.ts';
import type { World } from './world.ts';

/** A token that was acknowledged. */
interface Known {
  readonly token: string;
  readonly hash: string;
  /** When it was acknowledged. */
  readonly since: number;
  /** Somebody tries to end it; whether he came through is unclear until it is acknowledged. */
  ending: boolean;
  /** When the end of it was acknowledged. */
  ended?: number;
}

/** Milliseconds after which every server knows. */
const KNOWN = 5_000;

/** Draws calls about tokens, and judges who is let in. */
export function createTokenCalls(world: World): (drawing: Drawing) => Call {
  const tokens: Known[] = [];

  function create({ oracle }: Drawing): Call {
    const name = `agent-${oracle.number()}`;
    return {
      name: `create the token ${name}`,
      run: (memory) => memory.tokens.create({ name, permissions: ['read'], spaces: ['alpha'] }),
      ended(ending) {
        const made = valueOf(ending) as CreatedToken | undefined;
        if (made) tokens.push({ token: made.token, hash: made.hash, since: world.time, ending: false });
      },
    };
  }

  function revoke({ again }: Drawing, known: Known): Call {
    known.ending = true;
    const call: Call = {
      name: `revoke ${known.hash.slice(0, 16)}`,
      run: (memory) => memory.tokens.revoke({ hash: known.hash }),
      ended(ending) {
        if (valueOf(ending)) known.ended = world.time;
        else again.push(call);
      },
    };
    return call;
  }

  function authenticate({ oracle }: Drawing, known: Known): Call {
    let begun = 0;
    let wasEnding = false;
    return {
      name: `let in ${known.hash.slice(0, 16)}`,
      run(memory) {
        begun = world.time;
        wasEnding = known.ending;
        return memory.tokens.authenticate(known.token);
      },
      may: ['UNAUTHENTICATED'],
      ended(ending) {
        if (ending === 'crashed') return;
        const isIn = 'value' in ending;
        const isRefused = !isIn && (ending.error as { readonly code?: string }).code === 'UNAUTHENTICATED';
        if (isIn && known.ended !== undefined && begun > known.ended + KNOWN)
          oracle.violate(`${known.hash} was let in ${begun - known.ended} ms after its end`);
        if (isRefused && !wasEnding && !known.ending && begun > known.since + KNOWN)
          oracle.violate(`${known.hash} was not let in`);
      },
    };
  }

  return (drawing) => {
    const { random } = drawing;
    if (tokens.length === 0 || random.chance(0.3)) return create(drawing);
    const known = random.pick(tokens);
    return known.ending || random.chance(0.7) ? authenticate(drawing, known) : revoke(drawing, known);
  };
}
