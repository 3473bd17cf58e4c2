import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { choosePorts } from './choosePorts.ts';
import { makeSandboxFolders, sandboxFolders } from './sandboxFolders.ts';
import { type MailCatcher, startMailCatcher } from './startMailCatcher.ts';

let state: string;
let catcher: MailCatcher;

beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'isthmus-mail-'));
  const folders = sandboxFolders(state);
  await makeSandboxFolders(state, folders);
  const { ports } = await choosePorts({}, {});
  catcher = await startMailCatcher({ folders, ports });
});
afterEach(async () => {
  await catcher.stop();
  await rm(state, { recursive: true, force: true });
});

/** Says each line once the server has answered the one before. */
async function converse(lines: readonly string[]): Promise<void> {
  const socket = connect(catcher.port, catcher.server);
  const waiting = [...lines];
  for await (const answer of createInterface({ input: socket })) {
    // A hyphen after the number: the answer goes on.
    if (answer[3] === '-') continue;
    const next = waiting.shift();
    if (next === undefined) break;
    socket.write(`${next}\r\n`);
  }
  socket.destroy();
}

test('a message becomes a file that only its owner reads', async () => {
  await converse([
    'EHLO here',
    'MAIL FROM:<isthmus@contoso.test>',
    'RCPT TO:<ada@contoso.test>',
    'DATA',
    'Subject: Hello\r\n\r\nAll is well.\r\n.',
    'QUIT',
  ]);
  const [name = ''] = await readdir(catcher.folder);
  const file = join(catcher.folder, name);
  expect(name).toMatch(/\.eml$/);
  expect(await readFile(file, 'utf8')).toContain('Subject: Hello\r\n\r\nAll is well.');
  expect((await stat(file)).mode & 0o077).toBe(0);
});
