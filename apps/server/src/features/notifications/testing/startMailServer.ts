import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { issueAuthority, issueCertificate } from '../../../http/tls/issueCertificates.ts';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** As whom it was handed in. */
  readonly user: string | undefined;
  readonly encrypted: boolean;
  readonly raw: string;
}

export interface MailServerOptions {
  readonly encryption: 'tls' | 'starttls' | 'none';
  readonly signIn?: { readonly user: string; readonly password: string };
  /** Names of the certificate. */
  readonly names?: readonly string[];
}

export interface TestMailServer {
  readonly port: number;
  readonly caFile: string;
  readonly received: ReceivedMail[];
  /** Answers by command instead of taking it; `silence` answers nothing. */
  readonly refusals: { mailFrom?: string | undefined; data?: string; rcptTo: Map<string, string> };
  /** Nobody listens any more, until {@link resume}. */
  halt(): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
}

const refuse = (said: string): Error =>
  Object.assign(new Error(said), { responseCode: Number(said.slice(0, 3)) || 550 });

type Kept = Pick<TestMailServer, 'received' | 'refusals'>;

/** What the server does with a message and whoever hands it in. */
function handlersOf(signIn: MailServerOptions['signIn'], { received, refusals }: Kept): SMTPServerOptions {
  return {
    onAuth: (given, _session, done) => {
      const isRight = given.username === signIn?.user && given.password === signIn?.password;
      // Some servers really say again what they were sent.
      if (isRight) done(null, { user: given.username });
      else done(refuse(`535 No: ${given.password}`));
    },
    onMailFrom: (_address, _session, done) => done(refusals.mailFrom === undefined ? null : refuse(refusals.mailFrom)),
    onRcptTo: ({ address }, _session, done) => {
      const said = refusals.rcptTo.get(address);
      if (said !== 'silence') done(said === undefined ? null : refuse(said));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusals.data !== undefined) return done(refuse(refusals.data));
        const { mailFrom, rcptTo } = session.envelope;
        received.push({
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          user: session.user as string | undefined,
          encrypted: session.secure === true,
          raw: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  };
}

/** A real mail server on loopback, which keeps what it takes; its certificate is of an authority of its own. */
export async function startMailServer(options: MailServerOptions): Promise<TestMailServer> {
  const { encryption, signIn, names = ['localhost', '127.0.0.1'] } = options;
  const folder = await mkdtemp(join(tmpdir(), 'isthmus-mail-'));
  const authority = await issueAuthority('Mail authority', new Date());
  const certificate = await issueCertificate(authority, { names, purpose: 'server' }, new Date());
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, authority.certificatePem);
  const kept: Kept = { received: [], refusals: { rcptTo: new Map() } };
  const open = async (port: number): Promise<SMTPServer> => {
    const server = new SMTPServer({
      secure: encryption === 'tls',
      key: certificate.keyPem,
      cert: certificate.certificatePem,
      disabledCommands: [...(encryption === 'none' ? ['STARTTLS'] : []), ...(signIn === undefined ? ['AUTH'] : [])],
      allowInsecureAuth: encryption === 'none',
      closeTimeout: 100,
      ...handlersOf(signIn, kept),
    });
    // A client that hangs up in the middle is nothing that a test server cares for.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return server;
  };
  let server: SMTPServer | undefined = await open(0);
  const { port } = server.server.address() as AddressInfo;
  const halt = async (): Promise<void> => {
    await new Promise<void>((resolve) => (server === undefined ? resolve() : server.close(resolve)));
    server = undefined;
  };
  return {
    ...kept,
    port,
    caFile,
    halt,
    resume: async () => {
      server = await open(port);
    },
    stop: async () => {
      await halt();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
