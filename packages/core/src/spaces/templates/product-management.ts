import { goodHabits } from './good-habits.ts';
import { howToRead } from './how-to-read.ts';

/** Rules for a product and the people who manage it. */
export const productManagementRules: string = `# Rules of this memory bank

This bank is what a team remembers about its product: for whom it is, what was learned about them, what was decided, what shipped and what comes next. Whoever joins a planning meeting, a person or an agent, should be able to say after a few minutes why the next thing is the next thing. Write for that reader.

${howToRead}

## \`product.md\`

What the product is, on one page that stays true for months.

- \`## Vision\`: whose life gets better, and how; the position in one sentence.
- \`## Users and customers\`: the kinds of people, their jobs and pains, who pays.
- \`## What it does\`: the capabilities there are, and what it does not do on purpose.
- \`## Measures\`: what counts as success, how it is measured, the value today and the goal, with dates.

No category is filed here. People write this document, or a model that keeps it in step with what the notes establish.

## \`discovery.md\`

What is known about users and the market, and how we know.

- \`## Evidence\`: interviews, usage, support, sales, competitors, experiments; what was seen, how many people or events it rests on, the date and the source (\`observation\`).
- \`## Insights\`: what the evidence means for the product, with the evidence it rests on and how sure we are (\`insight\`).

One customer's wish is one customer's wish: the number stays with it.

## \`decisions.md\`

What was decided about the product, and why, so that nobody has to argue it twice.

- \`## Decisions\`: newest first; priorities, scope, price, design, things not done; the choice, the reason, the evidence, what was weighed against it, and what would make us look again (\`decision\`).

A decision that replaces an earlier one says so, and the earlier one stays, marked as replaced.

## \`roadmap.md\`

What comes next, and what has been asked.

- \`## Now, next, later\`: the outcomes we work towards, in order, each with its reason and how we will know; dates only where they were promised.
- \`## Backlog\`: one item each, with for whom and a box: \`[ ]\` is open, \`[x]\` is done (\`todo\`).
- \`## Open questions\`: assumptions to test and answers we wait for, with a box and how it will be found out; the answer goes under the question (\`question\`).

## \`releases.md\`

What was done and what came of it.

- \`## Where we are\`: a short paragraph, rewritten whenever it is no longer true: what is being built, tested, rolled out, and to how many.
- \`## Shipped\`: releases, experiments and campaigns, with version, date, who got them and, once it is known, the effect on the measures (\`progress\`).

## \`issues.md\`

What hurts users or holds the team up.

- \`## Issues\`: defects, complaints, falling numbers, dependencies, risks; who is affected and how many, since when, the cause once it is known, the remedy; tick the box when it is solved (\`issue\`).

## Good habits

- **True.** Write only what the notes or the bank say. Copy names, figures, dates, versions and quotations exactly, with unit and period. What a note calls uncertain stays uncertain.
- **Problem before solution.** Keep what users need apart from what somebody proposes to build for it.
- **Promised or not.** A date or a feature promised to a customer says to whom and by whom; everything else on the roadmap is an intention.
${goodHabits}
- **Fair.** Users are quoted by role or segment, without names or addresses, unless they agreed.
- **Safe.** No passwords, keys or tokens, not even as examples.
`;
