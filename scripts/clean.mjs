// tsc -b never deletes the output of a deleted source, so releases start clean.
import { readdirSync, rmSync } from 'node:fs';

const groups = ['packages', 'apps', 'examples'].flatMap((group) =>
  readdirSync(group).map((name) => `${group}/${name}`),
);
const members = [...groups, 'apidoc'];
for (const path of ['.turbo', 'coverage', ...members.flatMap((member) => [`${member}/dist`, `${member}/.turbo`])]) {
  rmSync(path, { recursive: true, force: true });
}
