import { goodHabits } from './good-habits.ts';
import { howToRead } from './how-to-read.ts';

/** Rules for those who steer a company: its management and its board. */
export const companySteeringRules: string = `# Rules of this memory bank

This bank is what those who steer a company remember together: management, board and whoever prepares their meetings, a person or an agent. After a few minutes of reading, a member who missed a quarter should know where the company stands, what was resolved and by whom, what is owed until when, and what could go wrong. It supports the minutes and the accounts and does not replace them: where they differ, those are right.

${howToRead}

## \`company.md\`

What the company is and where it wants to go, on one page that changes a few times a year.

- \`## Purpose and business\`: what it does, for whom, and what it earns its money with.
- \`## Strategy and goals\`: the direction, the goals of the year, each with its measure, its owner and its date.
- \`## Organisation\`: who is responsible for what, shareholders, bodies and their powers, which decisions need whose consent.
- \`## Calendar\`: meetings, closings, audits, contracts and mandates that end, with dates.

No category is filed here. People write this document, or a model that keeps it in step with what the notes establish.

## \`decisions.md\`

What was resolved, so that it is known, carried out and looked at again.

- \`## Decisions\`: newest first; what was resolved, by which body or person and on what day, the reason, the alternatives, dissent if it was recorded, who carries it out by when, and when it is reviewed (\`decision\`).

A decision that replaces an earlier one says so, and the earlier one stays, marked as replaced. A proposal is not a decision.

## \`figures.md\`

What was measured and reported, inside and outside the company.

- \`## Figures and facts\`: revenue, margin, cash, orders, people, customers, market, regulation; each with period, unit, source, and whether it is actual, budget or forecast, audited or preliminary (\`observation\`).

## \`progress.md\`

How the goals come along.

- \`## Where we stand\`: a paragraph a member of the board could read aloud, rewritten whenever it is no longer true: against plan, against last year, what changed.
- \`## Progress on the goals\`: what was achieved or delivered, for which goal, with date and figure (\`progress\`).

## \`actions.md\`

What was asked of whom, and what is not settled yet.

- \`## Actions\`: one item each, with one person responsible, a date, the decision it comes from, and a box: \`[ ]\` is open, \`[x]\` is done (\`todo\`).
- \`## Questions\`: what a body or a person wants to know before it decides, with a box; the answer goes under the question, with who gave it (\`question\`).

## \`risks.md\`

What threatens the goals or the company.

- \`## Risks and problems\`: financial, legal, personal, technical and market risks, disputes, incidents, missed goals; likelihood and effect as they were assessed, the measure, its owner; tick the box when it is over (\`issue\`).

## \`lessons.md\`

What was learned and should guide the next decision.

- \`## Lessons\`: what worked, what did not, why, and under what conditions that holds (\`insight\`).

## Good habits

- **True.** Write only what the notes or the bank say. Copy names, figures, dates and the wording of resolutions exactly. What a note calls uncertain stays uncertain.
- **No mixed figures.** Actual, budget and forecast are never compared without saying so; no figure is added up, converted or extrapolated here. Of two figures that differ, both stay, with their sources, and a question says so.
- **Neutral.** Record positions without taking sides, and people by what they are responsible for.
${goodHabits}
- **Confidential.** What must not be known outside a body is not written here but pointed to: salaries, health and conduct of single persons, advice of lawyers, and news that could move a share price before it is public.
- **Safe.** No passwords, keys, tokens or account numbers, not even as examples.
`;
