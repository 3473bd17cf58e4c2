import { createWriteStream } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SMTPServer } from 'smtp-server';
import type { Part } from './Part.ts';
import type { SandboxParts } from './SandboxParts.ts';

const HOST = '127.0.0.1';
const MOST_BYTES = 10_000_000;

export interface MailCatcher extends Part {
  readonly server: string;
  readonly port: number;
  /** Where each message becomes a file, named by the time it came. */
  readonly folder: string;
}

async function listen(server: SMTPServer, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, HOST, resolve);
  await promise;
  server.off('error', reject);
  // A client that hangs up in the middle is no matter of the sandbox.
  server.on('error', () => undefined);
}

/** A mail server that takes everything from everybody on this machine and delivers it to a folder. */
export async function startMailCatcher({
  folders: { mail: folder },
  ports: { mail: port },
}: Pick<SandboxParts, 'folders' | 'ports'>): Promise<MailCatcher> {
  let number = 0;
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: true,
    allowInsecureAuth: true,
    size: MOST_BYTES,
    closeTimeout: 1000,
    onAuth: ({ username }, _session, done) => done(null, { user: username }),
    onData: (stream, _session, done) => {
      number += 1;
      const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${number}.eml`);
      // Renamed when it is whole, so that nobody reads half a message.
      const unfinished = `${file}.part`;
      const write = async (): Promise<void> => {
        await pipeline(stream, createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }));
        await rename(unfinished, file);
      };
      write().then(() => done(), done);
    },
  });
  await listen(server, port);
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  return {
    name: 'The mail catcher',
    ended,
    server: HOST,
    port,
    folder,
    stop: async () => {
      server.close(resolve);
      await ended;
    },
  };
}
