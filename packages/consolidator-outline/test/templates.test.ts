import { describe, expect, it } from '@jest/globals';
import { type Category, categories, readSections, rulesTemplates, type TemplateName } from '@live-mem/core';
import { entries } from '../src/index.ts';
import { keptBank } from './kept-bank.ts';
import { templateNotes } from './template-notes.ts';

type Homes = Readonly<Record<Category, string>>;

/** Where each template wants its notes: what a reader of the rules would say. */
const homes: Readonly<Record<TemplateName, Homes>> = {
  'software-project': {
    observation: 'insights.md > Observations',
    decision: 'decisions.md > Decisions',
    todo: 'tasks.md > Todos',
    insight: 'insights.md > Insights',
    question: 'tasks.md > Questions',
    progress: 'progress.md > Progress',
    issue: 'issues.md > Issues',
  },
  book: {
    observation: 'research.md > Findings',
    decision: 'decisions.md > Decisions',
    todo: 'tasks.md > To write and revise',
    insight: 'craft.md > Lessons',
    question: 'tasks.md > Open questions',
    progress: 'progress.md > Work done',
    issue: 'problems.md > Problems in the text',
  },
  'pre-sales': {
    observation: 'customer.md > Facts',
    decision: 'decisions.md > Decisions',
    todo: 'actions.md > Actions',
    insight: 'customer.md > What we make of it',
    question: 'actions.md > Questions',
    progress: 'progress.md > Meetings and steps',
    issue: 'risks.md > Risks and objections',
  },
  medical: {
    observation: 'findings.md > Findings',
    decision: 'plan.md > Decisions',
    todo: 'tasks.md > Pending',
    insight: 'assessment.md > Reasoning',
    question: 'tasks.md > Questions',
    progress: 'course.md > Course',
    issue: 'alerts.md > Alerts',
  },
  'product-management': {
    observation: 'discovery.md > Evidence',
    decision: 'decisions.md > Decisions',
    todo: 'roadmap.md > Backlog',
    insight: 'discovery.md > Insights',
    question: 'roadmap.md > Open questions',
    progress: 'releases.md > Shipped',
    issue: 'issues.md > Issues',
  },
  'company-steering': {
    observation: 'figures.md > Figures and facts',
    decision: 'decisions.md > Decisions',
    todo: 'actions.md > Actions',
    insight: 'lessons.md > Lessons',
    question: 'actions.md > Questions',
    progress: 'progress.md > Progress on the goals',
    issue: 'risks.md > Risks and problems',
  },
};

const names = Object.keys(homes) as TemplateName[];

/** A bank by a template, after its notes came in two consolidations, the later ones first seen in the second. */
async function filled(template: TemplateName) {
  const bank = keptBank(rulesTemplates[template]);
  const notes = templateNotes(template);
  await bank.consolidate(notes.filter((_, n) => n % 3 !== 1));
  await bank.consolidate(notes.filter((_, n) => n % 3 === 1));
  return { bank, notes };
}

/** `document > heading` of everything that is filed, with its content. */
function placed(documents: ReadonlyMap<string, string>): { readonly at: string; readonly content: string }[] {
  return [...documents].flatMap(([filename, text]) => {
    const sections = readSections(text, () => '');
    return entries(text).map(({ start, content }) => {
      const section = sections.find(({ bodyStart, ownEnd }) => start >= bodyStart && start < ownEnd);
      return { at: `${filename} > ${section?.heading ?? 'nowhere'}`, content };
    });
  });
}

describe.each(names)('the template %s', (template) => {
  it('files every note, whole, under the heading that its rules give the category', async () => {
    const { bank, notes } = await filled(template);
    expect(new Set(notes.map(({ category }) => category))).toEqual(new Set(categories));
    const wanted = notes.map(({ category, content }) => ({ at: homes[template][category], content }));
    expect(placed(bank.documents).toSorted(byContent)).toEqual(wanted.toSorted(byContent));
  });

  it('makes documents with a title, a sentence, and its headings in the order of the rules', async () => {
    const { bank } = await filled(template);
    for (const [filename, text] of bank.documents) {
      const [title, intro, heading] = text.split('\n\n');
      expect(title).toMatch(/^# [A-Z][a-z ]+$/);
      expect(rulesTemplates[template]).toContain(`\n## \`${filename}\`\n\n${intro}\n`);
      expect(heading).toMatch(/^## /);
      const headings = Array.from(text.matchAll(/^## (.+)$/gm), ([, words = '']) => words);
      const offsets = headings.map((words) => rulesTemplates[template].indexOf(`- \`## ${words}\`:`));
      expect(Math.min(...offsets)).toBeGreaterThan(0);
      expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
    }
  });

  it('tells of every category in the synthesis, in the language of the rules', async () => {
    const { bank } = await filled(template);
    expect(bank.synthesis).toMatch(/^# Synthesis\n\nThe bank holds 15 notes: /);
    for (const list of ['Latest decisions', 'Latest progress', 'Open todos', 'Open questions', 'Open issues'])
      expect(bank.synthesis).toContain(`\n## ${list}\n\n- 2026-02-`);
  });

  it('is short enough to be read, and no document it names is another one', () => {
    const rules = rulesTemplates[template];
    expect(rules.length).toBeLessThanOrEqual(8000);
    const documents = Array.from(rules.matchAll(/^## `(.+\.md)`$/gm), ([, filename]) => filename);
    expect(new Set(documents).size).toBe(documents.length);
    const given = Object.values(homes[template]).map((home) => home.slice(0, home.indexOf(' >')));
    expect(documents).toEqual(expect.arrayContaining(given));
  });
});

describe('a bank by a template', () => {
  it('keeps notes in other languages as they are', async () => {
    const { bank } = await filled('book');
    expect(bank.documents.get('tasks.md')).toBe(`# Tasks

What is still to be written, changed or asked.

## To write and revise

- [ ] **2026-02-02 13:35** editor \`todo_b54cda26\`: Ask for permission to quote the Rilke translation, p. 88
- [ ] **2026-02-02 12:28** lea \`todo_17156075\`: Réécrire l’ouverture du chapitre 3 au passé simple

## Open questions

- [ ] **2026-02-02 15:49** lea \`question_f1bbcd88\`: Le prénom « Anselme » est-il plausible à Trieste en 1921 ?
- [ ] **2026-02-02 14:42** editor \`question_538453d7\`: Does Mira know about the house before chapter 5?
`);
  });
});

function byContent(one: { readonly content: string }, other: { readonly content: string }): number {
  return one.content < other.content ? -1 : 1;
}
