import { processIo } from './io.ts';
import { runCli } from './run-cli.ts';

/** Runs the command that this process was started with. */
export async function runProcess(): Promise<void> {
  // Not process.exit: it would cut off what a pipe has not taken yet.
  process.exitCode = await runCli(process.argv.slice(2), processIo());
}
