// Installs what would be published with npm into an empty project, and runs the embedding example and the command there.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'live-mem-packages-'));
const run = (cwd, command, ...args) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });

function pack() {
  for (const group of ['packages', 'apps']) {
    for (const name of readdirSync(join(root, group))) {
      if (existsSync(join(root, group, name, 'package.json')))
        run(join(root, group, name), 'pnpm', 'pack', '--pack-destination', scratch);
    }
  }
  return readdirSync(scratch).filter((file) => file.endsWith('.tgz'));
}

function install(tarballs) {
  const project = join(scratch, 'project');
  cpSync(join(root, 'examples/embed'), project, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(project, 'package.json'), 'utf8'));
  const local = Object.fromEntries(
    tarballs.map((file) => [`@live-mem/${file.replace(/^live-mem-|-\d+\.\d+\.\d+.*$/g, '')}`, `file:../${file}`]),
  );
  const dependencies = { ...manifest.dependencies, ...local };
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ ...manifest, dependencies, overrides: local }, null, 2),
  );
  run(project, 'npm', 'install', '--no-audit', '--no-fund', '--loglevel=error');
  return project;
}

try {
  const tarballs = pack();
  const project = install(tarballs);
  const printed = run(project, 'npm', 'start', '--silent');
  if (!printed.includes('written once: true') || !printed.includes('SPACE_NOT_FOUND'))
    throw new Error(`the example printed:\n${printed}`);
  const version = run(project, 'npx', 'live-mem', '--version').trim();
  process.stdout.write(
    `${tarballs.length} packages install with npm; the embedding example runs, types included; live-mem ${version} runs\n`,
  );
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
