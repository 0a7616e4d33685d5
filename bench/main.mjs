import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sampleNotes } from './notes.mjs';
import { countRequests } from './requests.mjs';
import { abilityRows, cpuRows, importRows, parallelRows } from './s3.mjs';

// pnpm bench [FILE.jsonl …]: what each use case asks of a store, what backups cost as a space grows, what S3 costs, then times and memory on a folder, for the files' notes or our own.
function table(head, rows) {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column].length)));
  const line = (row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]))
      .join('  ')
      .trimEnd();
  process.stdout.write(`\n${[head, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n')}\n`);
}

function folderRows(file) {
  const folder = mkdtempSync(join(tmpdir(), 'live-mem-bench-'));
  const script = fileURLToPath(new URL('folder.mjs', import.meta.url));
  try {
    return ['import', 'again', 'consolidate', 'check', 'read', 'summary'].map((step) => {
      const { result, milliseconds, megabytes } = JSON.parse(
        execFileSync(process.execPath, [script, step, folder, file]),
      );
      return [step === 'again' ? 'import again' : step, `${milliseconds} ms`, `${megabytes} MB`, result];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const files = process.argv.slice(2).filter((argument) => argument !== '--');
table(['use case', 'requests', 'round trips', 'of which'], await countRequests());
if (files.length === 0) {
  const own = join(mkdtempSync(join(tmpdir(), 'live-mem-notes-')), 'sample.jsonl');
  writeFileSync(own, `${sampleNotes(1_234).join('\n')}\n`);
  files.push(own);
}
for (const [notes, documents] of [
  [1_000, 20],
  [10_000, 200],
]) {
  const script = fileURLToPath(new URL('backups.mjs', import.meta.url));
  const rows = JSON.parse(execFileSync(process.execPath, ['--expose-gc', script, notes, documents]));
  table([`${notes} notes, ${documents} documents`, 'requests', 'round trips', 'time', 'memory added'], rows);
}
table(['1,000 notes of 1 KB from S3, answered after 30 ms', 'time', 'at once', ''], await parallelRows());
table(['a GET of 1 KB from S3', 'CPU of the client', 'time'], await cpuRows());
table(['first conditional write of a process to S3', 'requests', 'round trips', 'of which'], abilityRows());
table(['what is loaded', 'start', 'more than nothing'], importRows());
for (const file of files) table([file, 'time', 'peak memory', 'result'], folderRows(file));
