import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Secret } from '@isthmus/kernel';
import { UsageError } from '../UsageError.ts';

async function readPipe(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin) text += String(chunk);
  return text.replace(/\r?\n$/, '');
}

async function ask(question: string): Promise<string> {
  process.stderr.write(question);
  const silence = new Writable({ write: (_chunk, _encoding, done) => done() });
  const readline = createInterface({ input: process.stdin, output: silence, terminal: true });
  try {
    return await readline.question('');
  } finally {
    readline.close();
    process.stderr.write('\n');
  }
}

/**
 * A secret from the terminal, not shown while it is typed, or from a pipe. Never from an argument: those are seen by
 * every user of the machine.
 * @throws UsageError when nothing was given
 */
export async function readSecret(question: string): Promise<Secret> {
  const text = process.stdin.isTTY ? await ask(question) : await readPipe();
  if (text === '') throw new UsageError('No password was given. Type it, or pipe it into the command.');
  return new Secret(text);
}
