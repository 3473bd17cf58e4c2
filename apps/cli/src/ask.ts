import { createInterface } from 'node:readline/promises';

/** Asks the person at the terminal; the question goes to stderr, as stdout belongs to the result. */
export async function ask(question: string): Promise<string> {
  const readline = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await readline.question(question);
  readline.close();
  return answer.trim();
}
