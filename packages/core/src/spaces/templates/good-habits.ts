/** Habits that hold for any bank; each template adds what its field asks for. */
export const goodHabits: string = `- **Complete.** Shorten the wording, never the facts. If it was worth a note, its substance is in the bank.
- **In one place.** Each fact has one home. Elsewhere, point to it by the name of the document and the heading.
- **Up to date.** When a note says that something changed, change the text that said otherwise, and keep the date of the change.
- **Traceable.** Keep dates and who said it. Where an item cites a note, such as \`decision_1f2e3d4c\`, the citation stays with it.
- **Calm.** Touch only what the new notes concern. What people wrote by hand stays theirs.
- **Readable.** Plain sentences, newest first in lists, no heading without content. When a document grows beyond a few pages, move what is settled to one in a folder, for instance \`archive/progress-2026.md\`.`;
