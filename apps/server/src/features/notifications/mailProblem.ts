import { DomainError, type DomainErrorDetails } from '@isthmus/kernel';
import { z } from 'zod';
import type { MailServer } from './MailSender.ts';

/** What nodemailer tells of a failure; everything else of it is for debugging. */
const failureSchema = z.object({
  code: z.string().default(''),
  /** Code of Node.js, where nodemailer put its own in its place. */
  originalCode: z.string().default(''),
  message: z.string().default(''),
  /** The command that was refused: `MAIL FROM`, `RCPT TO`, … */
  command: z.string().default(''),
  response: z.string().default(''),
  responseCode: z.number().optional().catch(undefined),
  rejected: z.array(z.string()).default([]),
});
type Failure = z.infer<typeof failureSchema>;
type Told = Pick<DomainErrorDetails, 'code' | 'message' | 'remedy' | 'field' | 'retryable'>;

const MOST_OF_AN_ANSWER = 200;
/** Reply of a server that wants a sign-in first (RFC 4954, 6), and of one that wants it encrypted. */
const SIGN_IN_NEEDED = 530;
const CERTIFICATE = /certificate|altname|self.signed|CERT_|UNABLE_TO_VERIFY|issuer/i;
const NOT_TLS = /WRONG_VERSION_NUMBER|wrong version number|packet length too long|EPROTO/i;

/** The first line of what the server said, without anything that could end a line. */
function answerOf({ response }: Failure): string {
  const [first = ''] = response.split(/\r?\n/);
  return first.replaceAll(/\p{Cc}/gu, ' ').slice(0, MOST_OF_AN_ANSWER);
}

const quoted = (failure: Failure): string => (failure.response === '' ? '' : ` It said: ${answerOf(failure)}`);

export function recipientsRefused(recipients: readonly string[], said = ''): DomainError {
  return new DomainError({
    code: 'notifications.recipient-refused',
    message: `The mail server does not take mail for ${recipients.join(', ')}.${said}`,
    remedy: 'Correct the address, or let the server take mail for it.',
    field: 'recipients',
  });
}

function refusedSignIn(where: string, { responseCode }: Failure): Told {
  return {
    code: 'notifications.sign-in-refused',
    // Not its words: some servers repeat there what they were sent.
    message: `${where} refuses the user name or the password${responseCode === undefined ? '' : ` (${responseCode})`}.`,
    remedy: 'Check both. Some services want a password made for programs, or have to allow signing in by SMTP first.',
    field: 'password',
  };
}

function refusedMessage(where: string, failure: Failure): Told {
  if (failure.responseCode === SIGN_IN_NEEDED) {
    return {
      code: 'notifications.sign-in-needed',
      message: `${where} takes no mail without a sign-in or without encryption.${quoted(failure)}`,
      remedy: 'Give a user name and a password, and choose TLS or STARTTLS.',
      field: 'user',
    };
  }
  if (failure.command === 'MAIL FROM') {
    return {
      code: 'notifications.sender-refused',
      message: `${where} does not take mail from this sender.${quoted(failure)}`,
      remedy: 'Give an address as sender that this server, or this user, may send from.',
      field: 'from',
    };
  }
  return {
    code: 'notifications.message-refused',
    message: `${where} did not take the message.${quoted(failure)}`,
    remedy: 'Look into the log of the mail server.',
    retryable: true,
  };
}

function notMail(where: string): Told {
  return {
    code: 'notifications.not-a-mail-server',
    message: `What answers at ${where} is not a mail server.`,
    remedy: 'Check the port: usually 465 for TLS, 587 for STARTTLS and 25 without encryption.',
    field: 'port',
  };
}

function notConnected(where: string, { host, encryption }: MailServer, failure: Failure): Told {
  const reason = `${failure.originalCode} ${failure.message}`;
  if (failure.code === 'EDNS') {
    return {
      code: 'notifications.server-not-found',
      message: `The name ${host} cannot be resolved.`,
      remedy: 'Check the spelling, and whether this machine finds names at all.',
      field: 'server',
    };
  }
  if (failure.code === 'ETIMEDOUT' || failure.originalCode === 'ETIMEDOUT') {
    return {
      code: 'notifications.timed-out',
      message: `${where} does not answer in time.`,
      remedy: 'Check server and port, and whether a firewall is in between. STARTTLS and TLS have ports of their own.',
      field: 'server',
      retryable: true,
    };
  }
  if (CERTIFICATE.test(reason)) {
    return {
      code: 'notifications.certificate-not-trusted',
      message: `The certificate of ${where} is not trusted: ${failure.message.replace(/^Error initiating TLS - /, '')}.`,
      remedy: `Give the name that stands in the certificate. For an authority of your own, name its file as mail.caFile in the configuration.`,
      field: 'server',
    };
  }
  if (failure.code === 'ETLS' || NOT_TLS.test(reason)) {
    return {
      code: 'notifications.not-encrypted',
      message: `${where} does not speak ${encryption === 'tls' ? 'TLS from the first byte' : 'STARTTLS'}.`,
      remedy: 'Choose the other kind of encryption, or another port: usually 465 for TLS and 587 for STARTTLS.',
      field: 'encryption',
    };
  }
  return {
    code: 'notifications.connection-refused',
    message: `${where} cannot be reached, or ended the connection${failure.originalCode === '' ? '' : ` (${failure.originalCode})`}.`,
    remedy: 'Check server and port, and whether the mail server runs. STARTTLS and TLS have ports of their own.',
    field: 'server',
    retryable: true,
  };
}

function tell(server: MailServer, failure: Failure): Told {
  const where = `${server.host}:${server.port}`;
  switch (failure.code) {
    case 'EAUTH':
      return refusedSignIn(where, failure);
    case 'EENVELOPE':
    case 'EMESSAGE':
      return refusedMessage(where, failure);
    case 'EPROTOCOL':
      return failure.responseCode === undefined ? notMail(where) : refusedMessage(where, failure);
    default:
      return notConnected(where, server, failure);
  }
}

/** A failure of nodemailer in our words. */
export function mailProblem(server: MailServer, cause: unknown): DomainError {
  const failure = failureSchema.catch(failureSchema.parse({})).parse(
    // Fields of an error are not all its own, so a plain copy would lose the message.
    cause instanceof Error ? { ...cause, message: cause.message } : {},
  );
  if (failure.command === 'RCPT TO' && failure.responseCode !== SIGN_IN_NEEDED) {
    return recipientsRefused(failure.rejected, quoted(failure));
  }
  // What a server said to a sign-in may hold the password, and causes are logged.
  return new DomainError({ ...tell(server, failure), ...(failure.code === 'EAUTH' ? {} : { cause }) });
}
