/** What every template says about its own form, so that people who change the rules keep it. */
export const howToRead: string = `## How to read these rules

Each part below describes one document of the bank: its name, what it is for, and the headings it has. Behind a heading stands what goes there and, in parentheses, which categories of notes are filed under it. There are seven: observation, decision, todo, insight, question, progress and issue.

Change these rules as the project needs. Keep one part per document with its name in backticks, and one list item per heading, written as it stands in the document. Then a language model and the consolidator without a model both know where a note belongs.`;
