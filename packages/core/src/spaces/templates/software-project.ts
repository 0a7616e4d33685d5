import { goodHabits } from './good-habits.ts';
import { howToRead } from './how-to-read.ts';

/** The rules a space gets when it is given none: the memory of a software project. */
export const softwareProjectRules: string = `# Rules of this memory bank

This bank is what a team remembers about a software project. Whoever joins, a person or an agent, should know after a few minutes of reading what the project is, what was decided and why, where the work stands and what comes next. Write for that reader: somebody able and kind who was not there.

${howToRead}

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
${goodHabits}
- **Safe.** No passwords, keys or tokens, not even as examples.
`;
