import { goodHabits } from './good-habits.ts';
import { howToRead } from './how-to-read.ts';

/** Rules for a book that is being written, fiction or not. */
export const bookRules: string = `# Rules of this memory bank

This bank is what an author, and whoever helps, remembers about a book in the making: a novel or a work of non-fiction. After a few minutes of reading, a co-author, an editor or an agent should know what the book is, what is settled in it, how far the manuscript is and what it needs next. The manuscript itself lives elsewhere; this is the memory beside it.

${howToRead}

## \`book.md\`

What the book is and what holds it together, on one page that changes rarely.

- \`## Premise\`: the story or the thesis in a few sentences, and why this book should exist.
- \`## Readers\`: whom it is for, what they know already, and which books stand beside it on the shelf.
- \`## Structure\`: parts and chapters in order, with one line each on what happens or what is argued, and their length once it is known.
- \`## Voice\`: person, tense, tone, spelling and punctuation that the whole book keeps to.

No category is filed here. People write this document, or a model that keeps it in step with what the notes establish.

## \`canon.md\`

What is true inside the book, so that chapter thirty does not contradict chapter three.

- \`## People\`: characters, or the persons written about: names as spelled, ages, ties, what they want, what they know and from which chapter on.
- \`## Places and things\`: settings, objects, institutions and terms, each as it was described, with the chapter.
- \`## Timeline\`: what happens when, in the order of events, also where the telling differs.

No category is filed here. What a decision or a finished chapter fixes is entered with its chapter; what is only considered stays out.

## \`research.md\`

What was found out about the world the book draws on, with its sources.

- \`## Findings\`: facts, quotations, interviews and visits; for each the source, with page or link, and whether it is confirmed (\`observation\`).

A quotation is copied word for word and marked as one. What still needs permission or a check of facts says so.

## \`decisions.md\`

What was decided about the book and why, so that it is not decided again in every chapter.

- \`## Decisions\`: newest first; plot, argument, point of view, names, cuts, title, form; the choice, the reason, and what was given up for it (\`decision\`).

A decision that replaces an earlier one says so, and the earlier one stays, marked as replaced. It also says which finished chapters must change.

## \`progress.md\`

How far the manuscript is.

- \`## Where the manuscript stands\`: a short paragraph and the count of words, rewritten whenever it is no longer true: which chapters are planned, drafted, revised, finished, and who has them.
- \`## Work done\`: chapters drafted, revised, sent out and come back, with date, version and words (\`progress\`).

## \`tasks.md\`

What is still to be written, changed or asked.

- \`## To write and revise\`: one item each, with its chapter and a box: \`[ ]\` is open, \`[x]\` is done (\`todo\`).
- \`## Open questions\`: what the author, the editor or an expert has to answer, with a box; the answer goes under the question (\`question\`).

## \`problems.md\`

What does not work yet in the text, or stands in the way of the work.

- \`## Problems in the text\`: contradictions, holes in the plot or the argument, passages that drag, doubtful facts and rights, missed dates; for each the chapter, what is wrong and, once it is found, the remedy; tick the box when the text is mended (\`issue\`).

## \`craft.md\`

What was learned about writing this book.

- \`## Lessons\`: what readers and editors responded to, what the voice can bear and what it cannot, habits that help the work along (\`insight\`).

## Good habits

- **True.** Write only what the notes, the bank or the manuscript say. Never invent a trait, a date, a source or a quotation to fill a gap; a gap is a question.
- **Settled or open.** Keep apart what stands in the manuscript, what is decided, and what is only an idea. Copy names, numbers and titles exactly.
- **In the author's words.** Where a note holds a phrase meant for the book, keep it as it is, in its own language.
${goodHabits}
- **Safe.** What readers, sources and living persons said in confidence stays anonymous where they asked for it. No passwords, keys or tokens, not even as examples.
`;
