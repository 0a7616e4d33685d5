import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const MAX_LINES = 1_000;

/** Lines typed in the shell, kept from one run to the next; the newest first. */
export interface ShellHistory {
  readonly lines: string[];
  /** Keeps them, readable by nobody else. A history that cannot be written is no reason to fail. */
  save(lines: readonly string[]): Promise<void>;
}

/** Whether a line may hold a secret, and is not kept. */
export function isSecretLine(line: string): boolean {
  return /\bredact\b|lm_[\w-]{20,}/.test(line);
}

/** The history of whoever runs the shell: `$XDG_STATE_HOME/live-mem/history`, else below `~/.local/state`. */
export async function openShellHistory(variables: Readonly<Record<string, string | undefined>>): Promise<ShellHistory> {
  const state = variables['XDG_STATE_HOME'] || join(variables['HOME'] || homedir(), '.local', 'state');
  const file = join(state, 'live-mem', 'history');
  const text = await readFile(file, 'utf8').catch(() => '');
  return {
    lines: text.split('\n').filter((line) => line !== ''),
    async save(lines) {
      const kept = lines.filter((line) => !isSecretLine(line)).slice(0, MAX_LINES);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 })
        .then(() => writeFile(file, `${kept.join('\n')}\n`, { mode: 0o600 }))
        .then(() => chmod(file, 0o600))
        .catch(() => undefined);
    },
  };
}
