/**
 * Asks whoever sits in front of a terminal.
 * @returns the answer, or undefined where the user gave none: Ctrl-C or Ctrl-D
 */
export async function ask(
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
  question: string,
): Promise<string | undefined> {
  const { createInterface } = await import('node:readline');
  const dialogue = createInterface({ input, output, terminal: true });
  const answer = await new Promise<string | undefined>((resolve) => {
    dialogue.once('close', () => resolve(undefined));
    dialogue.question(question, resolve);
  });
  dialogue.close();
  // The cursor still is behind the question.
  if (answer === undefined) output.write('\n');
  return answer;
}
