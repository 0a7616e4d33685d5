import { describe, expect, it } from '@jest/globals';
import { categories, rulesTemplates } from '@live-mem/core';
import fc from 'fast-check';
import { readRules } from '../src/rules.ts';

function homes(rules: string): Record<string, string> {
  const outline = readRules(rules);
  return Object.fromEntries(
    categories.map((category) => [
      category,
      `${outline.homes[category].filename} > ${outline.homes[category].heading}`,
    ]),
  );
}

describe('rules', () => {
  it('give every category a home in the shipped template', () => {
    const rules = rulesTemplates['software-project'];
    expect(rules.length).toBeLessThanOrEqual(8000);
    expect(homes(rules)).toEqual({
      observation: 'insights.md > Observations',
      decision: 'decisions.md > Decisions',
      todo: 'tasks.md > Todos',
      insight: 'insights.md > Insights',
      question: 'tasks.md > Questions',
      progress: 'progress.md > Progress',
      issue: 'issues.md > Issues',
    });
    expect(readRules(rules).document('progress.md')).toEqual({
      title: 'Progress',
      intro: 'Where the work stands and what was done, newest first.',
    });
  });

  it('may be a free list in French', () => {
    const rules = `# Banque de mémoire

Les fichiers de la banque :

- \`contexte.md\` : le contexte du projet et les constats
- \`decisions.md\` : les décisions, avec la raison
- \`avancement.md\`
  - **Fait** : ce qui est terminé
  - **À faire** : ce qui reste
  - **Problèmes connus** : les bugs et les blocages
`;
    expect(homes(rules)).toEqual({
      observation: 'contexte.md > Observations',
      decision: 'decisions.md > Décisions',
      todo: 'avancement.md > À faire',
      insight: 'notes.md > Enseignements',
      question: 'notes.md > Questions',
      progress: 'avancement.md > Fait',
      issue: 'avancement.md > Problèmes connus',
    });
  });

  it('may name documents in headings and leave the categories out', () => {
    const rules = `# Memory Bank

## Core files

### projectbrief.md
Foundation of the project.

### activeContext.md
- Current focus
- Recent decisions
- Next steps

### progress.md
What works and what does not.
#### What is done
#### Known issues
`;
    expect(homes(rules)).toMatchObject({
      decision: 'activeContext.md > Recent decisions',
      todo: 'activeContext.md > Next steps',
      progress: 'progress.md > What is done',
      issue: 'progress.md > Known issues',
      question: 'notes.md > Questions',
    });
    expect(readRules(rules).document('activeContext.md').title).toBe('Active context');
    expect(readRules(rules).document('progress.md').intro).toBe('What works and what does not.');
  });

  it('may number their headings and name categories in prose', () => {
    const rules = `# Règles

### 1. \`progress.md\` — Avancement
- \`## Ce qui fonctionne\` : le travail terminé (\`progress\`)

### 2. \`systemPatterns.md\` — Architecture
Les schémas et les leçons apprises (insight, observation).
`;
    expect(homes(rules)).toMatchObject({
      progress: 'progress.md > Ce qui fonctionne',
      insight: 'systemPatterns.md > Enseignements',
      observation: 'systemPatterns.md > Observations',
    });
    expect(readRules(rules).document('progress.md')).toEqual({ title: 'Avancement', intro: '' });
  });

  it('may have other code beside the categories', () => {
    const rules =
      '## `plan.md`\n\n- `## Next`: with a box, `[ ]` or `[x]`\n- `## Backlog`: `[ ]` is open, `[x]` is done (`todo`)\n';
    expect(homes(rules)['todo']).toBe('plan.md > Backlog');
  });

  it.each([
    '# Banque de mémoire\n\n- `decisions.md` : Décisions\n- `journal.md` : Avancement\n',
    '- decisions.md : choix\n- journal.md : état des lieux\n',
    '# Règles\n\n`decisions.md`, `journal.md`\n',
    '## `decisions.md`\n\n- `## Décisions prises` (`decision`)\n',
    '| Fichier | Rôle |\n|---|---|\n| `decisions.md` | `decision` |\n',
  ])('in French, however short, have French headings for what they leave out: %j', (rules) => {
    expect(homes(rules)).toMatchObject({ todo: 'notes.md > À faire', issue: 'notes.md > Problèmes' });
  });

  it.each(['- `decisions.md`\n', 'Décisions, notes of the café and the crème team.', '# Rules\n\n- journal.md\n'])(
    'are English where little says that they are French: %j',
    (rules) => expect(homes(rules)['todo']).toBe('notes.md > Todos'),
  );

  it('may be a table', () => {
    const rules =
      '| File | Categories |\n|---|---|\n| `log.md` | `progress`, `observation` |\n| `adr.md` | `decision` |\n';
    expect(homes(rules)).toMatchObject({
      progress: 'log.md > Progress',
      observation: 'log.md > Observations',
      decision: 'adr.md > Decisions',
    });
  });

  it('may draw a tree', () => {
    const rules = 'The bank:\n\n```\nbank/\n├── decisions.md\n└── todo.md   # what is left\n```\n';
    expect(homes(rules)).toMatchObject({ decision: 'decisions.md > Decisions', todo: 'todo.md > Todos' });
  });

  it.each(['', 'Be brief.', 'Keep `notes.txt` and README up to date.'])('may name no document: %j', (rules) => {
    expect(Object.values(homes(rules))).toEqual(
      ['Observations', 'Decisions', 'Todos', 'Insights', 'Questions', 'Progress', 'Issues'].map(
        (name) => `notes.md > ${name}`,
      ),
    );
  });

  it.each(['../x.md', '/etc/x.md', 'a/../../x.md', 'c:\\x.md', '.hidden.md', 'a//x.md', '..\\x.md'])(
    'cannot send notes to %s',
    (path) => {
      const rules = `## \`${path}\`\n\n- \`## Decisions\` (\`decision\`)\n\nAlso ${path} and **${path}**.\n`;
      expect(readRules(rules).homes.decision.filename).toMatch(/^(?:notes|x|hidden)\.md$/);
    },
  );

  it('always give every category a home inside the bank', () => {
    const piece = fc.constantFrom(
      '# ',
      '## ',
      '- ',
      '`',
      '../',
      'a.md',
      'x y.md',
      '/',
      '**',
      'decision',
      '(todo)',
      '\n',
      '\n\n',
      '```',
      ': ',
      '|',
      '`## H`',
      'été',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        for (const { filename, heading, level } of Object.values(readRules(pieces.join('')).homes)) {
          expect(filename).toMatch(/^[^./\\][^\\]*\.md$/);
          expect(filename.split('/')).not.toContain('..');
          expect(heading).toMatch(/^[^\n]*\S[^\n]*$/);
          expect(level).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });
});
