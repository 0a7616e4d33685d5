// Where comments link to what is not exported: costs lead to their paragraph in the README of the core, names of another entry to that entry.
import { readFileSync } from 'node:fs';
import { Converter } from 'typedoc';

const readme = readFileSync(new URL('../packages/core/README.md', import.meta.url), 'utf8');

/** Headings under "What it costs", by the function inside that a comment names. */
const costs = {
  change: 'A change',
  'TokenRegistry.change': 'The registry of tokens',
  'TokenRegistry.current': 'The registry of tokens',
  openSpaceTo: 'The registry of tokens',
  keepNewest: 'Keeping the newest backups',
  clearSpace: 'Clearing a space',
  closeSpace: 'The registry of tokens',
  describeSpace: 'Describing a space',
  findNotes: 'Finding notes',
  freezeSpace: 'Freezing a space',
  readTexts: 'Reading documents',
  rewriteCommits: 'Rewriting commits',
  settle: 'Settling',
};

/** @param {import('typedoc').Application} app */
export function load(app) {
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    const exported = new Map(Object.values(project.reflections).map((reflection) => [reflection.name, reflection]));
    for (const { comment } of Object.values(project.reflections)) {
      for (const part of partsOf(comment)) {
        const name = part.text.trim().split(/\s|\|/, 1)[0] ?? '';
        const target = name in costs ? anchor(costs[name]) : isError(exported.get(name)) && exported.get(name);
        if (target) part.target = target;
      }
    }
  });
}

function partsOf(comment) {
  const parts = [...(comment?.summary ?? []), ...(comment?.blockTags.flatMap(({ content }) => content) ?? [])];
  return parts.filter(({ kind, tag }) => kind === 'inline-tag' && tag === '@link');
}

function isError(reflection) {
  return reflection?.name.endsWith('Error') === true;
}

/** Every page but the first lies in a folder. */
function anchor(heading) {
  if (!readme.includes(`\n### ${heading}\n`)) throw new Error(`the README of the core has no heading "${heading}"`);
  return `../index.html#${heading.toLowerCase().replaceAll(' ', '-')}`;
}
