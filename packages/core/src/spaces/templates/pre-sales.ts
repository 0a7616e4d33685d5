import { goodHabits } from './good-habits.ts';
import { howToRead } from './how-to-read.ts';

/** Rules for a deal that a pre-sales team works on. */
export const preSalesRules: string = `# Rules of this memory bank

This bank is what a pre-sales team remembers about one opportunity: one customer, one need, one offer. Whoever takes over a call tomorrow, a person or an agent, should know after a few minutes who the customer is, what they need and by when, what we have offered and promised, and what could lose the deal. Write for that colleague.

${howToRead}

## \`deal.md\`

The opportunity on one page.

- \`## Customer and need\`: who they are, what hurts today, what it costs them, what must be better afterwards and how they will measure it.
- \`## People\`: who decides, who pays, who uses, who advises, who objects; name, role, what matters to them, and who of us knows them.
- \`## Process and dates\`: budget, stages of the purchase, formal criteria, dates of submission, decision and start.
- \`## Our offer\`: solution, scope, quantities, price and terms as last sent, with version and date; what is expressly not in it.
- \`## Alternatives\`: competitors, a solution of their own, doing nothing; where each is stronger, and where we are.

No category is filed here. People write this document, or a model that keeps it in step with what the notes establish.

## \`customer.md\`

What the customer told and showed us, and what we make of it.

- \`## Facts\`: what was said in meetings, stands in their documents or was measured on their side: requirements, volumes, systems, constraints; with who, when and where (\`observation\`).
- \`## What we make of it\`: conclusions of ours that will be of use again, here or in the next deal (\`insight\`).

What the customer said and what we conclude are never mixed in one item.

## \`decisions.md\`

What was decided about the deal, by them or by us.

- \`## Decisions\`: newest first; bid or no bid, scope, architecture, partners, price and discount; who decided or approved, the reason, and until when it holds (\`decision\`).

A decision that replaces an earlier one says so, and the earlier one stays, marked as replaced.

## \`progress.md\`

Where the deal stands and what was done for it.

- \`## Where the deal stands\`: stage, amount, chance, next fixed date and next step, in a short paragraph that is rewritten whenever it is no longer true.
- \`## Meetings and steps\`: calls, demonstrations, trials, documents sent and received, with date, version and who was there (\`progress\`).

## \`actions.md\`

What we owe, and what we still need to know.

- \`## Actions\`: one item each, with who does it by when, for whom, and a box: \`[ ]\` is open, \`[x]\` is done (\`todo\`).
- \`## Questions\`: from the customer to us and from us to the customer, with a box and the number in their document if it has one; the answer as it was sent goes under the question (\`question\`).

What was promised to the customer is an action with the date that was promised.

## \`risks.md\`

What could lose the deal, or make it a bad one.

- \`## Risks and objections\`: objections raised, requirements we do not meet, dates, capacity, legal and commercial risks; for each what is done about it and by whom; tick the box when it is settled (\`issue\`).

## Good habits

- **True.** Write only what the notes or the bank say. Copy names, figures, prices, dates, versions and wordings of requirements exactly, with currency and unit. What a note calls uncertain stays uncertain.
- **Promised or not.** Say of every price, date and feature whether it was promised, by whom and in which document, or is only planned or discussed. Never make an estimate sound like a commitment.
${goodHabits}
- **Fair.** Write about people as if they would read it. What is known of competitors names a source that we may use.
- **Safe.** What is under a confidentiality agreement says so. No passwords, keys or tokens, no access to the customer's systems, not even as examples.
`;
