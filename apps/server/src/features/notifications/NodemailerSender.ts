import { readFile } from 'node:fs/promises';
import tls from 'node:tls';
import { DomainError } from '@isthmus/kernel';
import { createTransport } from 'nodemailer';
import type { MailMessage, MailSender, MailServer } from './MailSender.ts';
import { mailProblem } from './mailProblem.ts';

export interface MailTimes {
  /** Milliseconds until a connection stands, a name is found, the server greets. */
  readonly connectMs: number;
  /** Milliseconds of silence in the middle of a conversation. */
  readonly silenceMs: number;
}

const USUAL: MailTimes = { connectMs: 10_000, silenceMs: 20_000 };

/** {@link MailSender} by SMTP. Certificates are always verified; a connection is made for each message. */
export class NodemailerSender implements MailSender {
  readonly #caFile: string | undefined;
  readonly #times: MailTimes;

  /** @param caFile further authorities (PEM), read at each connection so that a new one counts at once */
  constructor(caFile?: string, times: MailTimes = USUAL) {
    this.#caFile = caFile;
    this.#times = times;
  }

  async check(server: MailServer): Promise<void> {
    const transport = await this.#open(server);
    try {
      await transport.verify();
    } catch (error) {
      throw mailProblem(server, error);
    }
  }

  async send(server: MailServer, message: MailMessage, signal?: AbortSignal): Promise<readonly string[]> {
    const transport = await this.#open(server);
    const { messageId, from, to, subject, text, html } = message;
    try {
      const { rejected } = await transport.sendMail({
        messageId,
        from: { name: 'Isthmus', address: from },
        to: [...to],
        subject,
        text,
        html,
        // No robot answers a robot (RFC 3834); the second is how Exchange is told.
        headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
        disableFileAccess: true,
        disableUrlAccess: true,
        ...(signal === undefined ? {} : { signal }),
      });
      return rejected;
    } catch (error) {
      throw mailProblem(server, error);
    }
  }

  async #open({ host, port, encryption, signIn }: MailServer) {
    const ca = await this.#authorities();
    return createTransport({
      host,
      port,
      secure: encryption === 'tls',
      requireTLS: encryption === 'starttls',
      ignoreTLS: encryption === 'none',
      tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
      dnsTimeout: this.#times.connectMs,
      connectionTimeout: this.#times.connectMs,
      greetingTimeout: this.#times.connectMs,
      socketTimeout: this.#times.silenceMs,
      socketCloseTimeout: 0,
      ...(signIn === undefined ? {} : { auth: { user: signIn.user, pass: signIn.password.reveal() } }),
    });
  }

  async #authorities(): Promise<string[] | undefined> {
    const file = this.#caFile;
    if (file === undefined) return undefined;
    const own = await readFile(file, 'utf8').catch((cause: Error) => {
      throw new DomainError({
        code: 'notifications.authority-unreadable',
        message: `The file ${file} with the authority of the mail server cannot be read: ${cause.message}`,
        remedy: 'Correct mail.caFile in the configuration, or the rights of the file.',
        cause,
      });
    });
    return [...tls.getCACertificates('default'), own];
  }
}
