import type { CreatedBackup, ReadBank, VerifiedBackup } from '@live-mem/core';
import type { Drawing } from './alpha-calls.ts';
import { type Call, valueOf } from './call.ts';
import { bankAsOf, sorted } from './oracle.ts';

interface Known {
  readonly backup: string;
  /** The documents of its commit, as the log told them when it was acknowledged. */
  readonly bank: ReadonlyMap<string, string> | undefined;
  /** Somebody is about to delete it. */
  ending: boolean;
}

/** Draws calls about backups: each is the space as of its commit, whole, until somebody deletes it. */
export function createBackupCalls(): (drawing: Drawing) => Call {
  const backups: Known[] = [];

  function take({ oracle }: Drawing): Call {
    return {
      name: 'take a backup',
      run: (memory) => memory.backups.create({ space: 'alpha', actor: 'sim' }),
      ended(ending) {
        const taken = valueOf(ending) as CreatedBackup | undefined;
        if (!taken) return;
        backups.push({ backup: taken.backup, bank: bankAsOf(oracle.told(), taken.commit), ending: false });
      },
    };
  }

  function verify({ oracle }: Drawing, { backup, ...known }: Known): Call {
    return {
      name: `verify ${backup}`,
      run: (memory) => memory.backups.verify({ backup }),
      may: known.ending ? ['BACKUP_NOT_FOUND'] : [],
      ended(ending) {
        const verified = valueOf(ending) as VerifiedBackup | undefined;
        if (verified && !verified.ok && !known.ending) oracle.violate(`${backup} is damaged`);
      },
    };
  }

  /** Goes on where an earlier try stopped, on whichever server. */
  function restore({ oracle, again }: Drawing, known: Known): Call {
    const as = `restored-${oracle.number()}`;
    known.ending = true;
    const read: Call = {
      name: `read ${as}`,
      run: (memory) => memory.bank.readAll({ space: as }),
      ended(ending) {
        const bank = valueOf(ending) as Awaited<ReturnType<ReadBank>> | undefined;
        if (bank === undefined) return void again.push(read);
        const seen = new Map(bank.documents.map(({ filename, content }) => [filename, content]));
        const { bank: expected } = known;
        if (expected && sorted(seen) !== sorted(expected))
          oracle.violate(`${as} is ${sorted(seen)}, not ${sorted(expected)}`);
      },
    };
    const call: Call = {
      name: `restore ${known.backup} as ${as}`,
      run: (memory) => memory.backups.restore({ backup: known.backup, as, actor: 'sim' }),
      may: ['SPACE_EXISTS'],
      ended(ending) {
        const isThere =
          ending !== 'crashed' && 'error' in ending && (ending.error as { code?: string }).code === 'SPACE_EXISTS';
        again.push(valueOf(ending) || isThere ? read : call);
      },
    };
    return call;
  }

  return (drawing) => {
    const { random } = drawing;
    if (backups.length === 0 || random.chance(0.4)) return take(drawing);
    const known = random.pick(backups);
    return random.chance(0.5) || known.ending ? verify(drawing, known) : restore(drawing, known);
  };
}
