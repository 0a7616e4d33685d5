import { goodHabits } from './good-habits.ts';
import { howToRead } from './how-to-read.ts';

/** Rules for the case of one patient, as a medical team follows it. */
export const medicalRules: string = `# Rules of this memory bank

This bank is what a medical team remembers about one patient's case: one space, one patient. Whoever takes over, a colleague on call or an agent that prepares a meeting, should know after a few minutes why the patient is followed, what was found, what was decided and why, what is given now, and what is still pending. It helps the team to think together. It is not the medical record: where the two differ, the record is right, and nobody treats a patient from this bank alone.

${howToRead}

## \`case.md\`

The case on one page, under its number, never under a name.

- \`## Reason for care\`: the complaint or diagnosis, since when, and the aim of the treatment.
- \`## History\`: earlier illnesses, operations, family and social history, as far as they matter here.
- \`## Allergies and precautions\`: allergies, intolerances, implants, pregnancy, weight and organ function that doses depend on; each with date and source. "None known" is written only where somebody asked; otherwise it says "not asked".
- \`## Wishes\`: what the patient wants and has consented to or refused, and limits of treatment, with date.

No category is filed here. People write this document, or a model under the eyes of a clinician.

## \`findings.md\`

What was seen, measured and reported, without interpretation.

- \`## Findings\`: symptoms, examination, laboratory, imaging, monitoring; each with value, unit, reference range if given, date and time, method and source (\`observation\`).

## \`assessment.md\`

How the team understands the findings.

- \`## Diagnoses\`: confirmed, suspected and ruled out, each with its grounds and the date.
- \`## Reasoning\`: interpretations, differential diagnoses, and what was learned from the course; who thinks so, and how sure they are (\`insight\`).

## \`plan.md\`

What was decided, and what is given at present.

- \`## Current treatment\`: medicines with dose, unit, route, frequency, start and end; other measures. Changed only where a decision says so.
- \`## Decisions\`: newest first; diagnostic, therapeutic and ethical decisions, with who took them, the grounds, what was weighed, and when it is reviewed (\`decision\`).

A decision that replaces an earlier one says so, and the earlier one stays, marked as replaced.

## \`course.md\`

What was done and how the patient fares.

- \`## Present state\`: a short paragraph with date and time, rewritten whenever it is no longer true.
- \`## Course\`: procedures, treatment given or stopped, response, transfers and conversations, in the order of time, newest first (\`progress\`).

## \`tasks.md\`

What is pending, and what nobody has answered yet.

- \`## Pending\`: examinations, results awaited, referrals, calls; who, by when, how urgent, with a box: \`[ ]\` is open, \`[x]\` is done (\`todo\`).
- \`## Questions\`: for colleagues, other departments or the patient, with a box; the answer goes under the question, with who gave it (\`question\`).

## \`alerts.md\`

What endangers the patient or went wrong.

- \`## Alerts\`: adverse reactions, interactions, critical values, complications, errors and near misses, equipment that failed; what was seen, what was done, who was told; tick the box only when a clinician has closed it (\`issue\`).

## Good habits

- **No invention of values.** Copy every number, unit, date, dose, route and name of a medicine exactly as the note has it. Never convert, round, average, complete or correct one. What looks wrong stays as it is and becomes a question.
- **Absence is not a finding.** What was not examined is not normal. Write "normal" or "negative" only where a note says so.
- **Seen or thought.** Findings, interpretations and decisions stay apart, each with who said it. What a note calls suspected stays suspected. Two notes that contradict each other are both kept, side by side, with their sources.
- **No advice of its own.** The bank records what clinicians decided. It proposes no diagnosis, dose or change of treatment.
${goodHabits}
- **Private.** No name, date of birth, address, telephone or insurance number, no photograph, and no other detail by which the patient or relatives can be recognised: a case number and the age in years will do. Notes must not hold one either, since the bank keeps what they say: where one does, an alert says so without repeating it, and the detail is redacted. Staff are named by their role.
- **Safe.** No passwords, keys or tokens, not even as examples.
`;
