#!/usr/bin/env node
import { processIo } from './io.ts';
import { runCli } from './run-cli.ts';

// Not process.exit: it would cut off what a pipe has not taken yet.
process.exitCode = await runCli(process.argv.slice(2), processIo());
