/** The rules a space gets when it is given none: the memory of a software project. */
export const softwareProjectRules: string = `# Rules of this memory bank

This bank is what a team remembers about a software project. Whoever joins, a person or an agent, should know after a few minutes of reading what the project is, what was decided and why, where the work stands and what comes next. Write for that reader: somebody able and kind who was not there.

## How to read these rules

Each part below describes one document of the bank: its name, what it is for, and the headings it has. Behind a heading stands what goes there and, in parentheses, which categories of notes are filed under it. There are seven: observation, decision, todo, insight, question, progress and issue.

Change these rules as the project needs. Keep one part per document with its name in backticks, and one list item per heading, written as it stands in the document. Then a language model and the consolidator without a model both know where a note belongs.

## \`brief.md\`

What the project is, for whom, and why it exists. One page that stays true for months.

- \`## Purpose\`: the problem, who has it, and what is better once it is solved.
- \`## Scope\`: what belongs to the project, and what was left out on purpose.
- \`## How it is built\`: the parts and how they meet, the languages and services, the conventions to follow.
- \`## How to work on it\`: how to run, test and release it; where things are.

No category is filed here. People write this document, or a model that keeps it in step with what the notes establish.

## \`decisions.md\`

What was decided, when, by whom and for what reason, so that nobody has to argue it twice.

- \`## Decisions\`: newest first; the choice, the reason, and what was weighed against it (\`decision\`).

A decision that replaces an earlier one says so, and the earlier one stays, marked as replaced.

## \`progress.md\`

Where the work stands and what was done, newest first.

- \`## Where we are\`: a short paragraph, rewritten whenever it is no longer true: what works, what is under way, what comes next.
- \`## Progress\`: what was finished, with versions, figures and links (\`progress\`).

## \`tasks.md\`

What is still to be done, and what nobody has answered yet.

- \`## Todos\`: one item each, with a box: \`[ ]\` is open, \`[x]\` is done (\`todo\`).
- \`## Questions\`: open questions, with a box; the answer goes under the question (\`question\`).

## \`issues.md\`

What is broken, in the way, or was hard to find.

- \`## Issues\`: the symptom, the cause once it is known, and the remedy; tick the box when it is solved (\`issue\`).

## \`insights.md\`

What was learned on the way and will be of use again.

- \`## Insights\`: lessons, patterns, and traps to avoid (\`insight\`).
- \`## Observations\`: facts that were noticed, measured or seen in use (\`observation\`).

## Good habits

- **True.** Write only what the notes or the bank say. Copy names, numbers, dates, versions, paths and links exactly as they are. What a note calls uncertain stays uncertain.
- **Complete.** Shorten the wording, never the facts. If it was worth a note, its substance is in the bank.
- **In one place.** Each fact has one home. Elsewhere, point to it by the name of the document and the heading.
- **Up to date.** When a note says that something changed, change the text that said otherwise, and keep the date of the change.
- **Traceable.** Keep dates and who said it. Where an item cites a note, such as \`decision_1f2e3d4c\`, the citation stays with it.
- **Calm.** Touch only what the new notes concern. What people wrote by hand stays theirs.
- **Readable.** Plain sentences, newest first in lists, no heading without content. When a document grows beyond a few pages, move what is settled to one in a folder, for instance \`archive/progress-2026.md\`.
- **Safe.** No passwords, keys or tokens, not even as examples.
`;
