import { readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import type { Command } from 'commander';
import { action, type Context } from '../../command.ts';
import { clientFor, trustAuthority } from '../../connection/connect.ts';
import { writeProfile } from '../../connection/profile.ts';
import { readSecret } from '../../connection/readSecret.ts';
import { findSandbox } from '../../connection/sandboxReady.ts';
import { UsageError } from '../../UsageError.ts';

interface Options {
  readonly url?: string;
  readonly caFile?: string;
  readonly user?: string;
}

async function readAuthority(caFile: string | undefined): Promise<string | undefined> {
  if (caFile === undefined) return undefined;
  return readFile(caFile, 'utf8').catch(() => {
    throw new UsageError(`--ca-file: ${caFile} cannot be read.`);
  });
}

async function login({ output }: Context, options: Options): Promise<undefined> {
  const sandbox = options.url === undefined ? await findSandbox() : undefined;
  const url = options.url ?? sandbox?.url;
  if (url === undefined) throw new UsageError('Where is Isthmus? Give --url https://name:port.');
  const userName = options.user ?? sandbox?.username;
  if (userName === undefined) throw new UsageError('Who signs in? Give --user name.');
  const caPem = await readAuthority(options.caFile ?? sandbox?.caFile);
  if (caPem !== undefined) trustAuthority(caPem);
  const password = await readSecret(`Password of ${userName}: `);
  const { session, token } = await clientFor(url).call('signIn', {
    body: { userName, password: password.reveal(), kind: 'token' },
  });
  if (token === undefined) throw new Error('The server answered no token.');
  const file = await writeProfile({ url, token, ...(caPem === undefined ? {} : { caPem }) });
  output.result(session, () => output.line(`Signed in at ${url} as ${session.displayName} (${session.role}).`));
  output.note(`The session of ${hostname()} is kept in ${file} until ${session.expiresAt}.`);
  return undefined;
}

export function addLogin(program: Command): void {
  program
    .command('login')
    .description('sign in with an account of the directory; the password is asked for or read from a pipe')
    .option('--url <url>', 'where Isthmus is; the sandbox of this folder when omitted')
    .option('--ca-file <file>', 'certificate authority of the server, when it is not a public one')
    .option('--user <name>', 'UPN, DOMAIN\\name or plain name')
    .action(action(login));
}
