import type { MailEncryption } from '@isthmus/contracts';
import type { Secret } from '@isthmus/kernel';

/** A mail server and how to speak to it. */
export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly encryption: MailEncryption;
  /** Undefined = without signing in. */
  readonly signIn: { readonly user: string; readonly password: Secret } | undefined;
}

/** A message that people read; none of its fields may carry what a user typed without a look at line ends. */
export interface MailMessage {
  /** With angle brackets; the same message sent again bears the same, so that mailboxes can know it. */
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Hands messages to a mail server. Every failure is a DomainError whose code begins with `notifications.`. */
export interface MailSender {
  /** Connects and signs in, and sends nothing. @throws DomainError */
  check(server: MailServer): Promise<void>;
  /**
   * @returns the recipients whom the server did not take, while it took the message for the others
   * @throws DomainError, `notifications.recipient-refused` when it took nobody
   */
  send(server: MailServer, message: MailMessage, signal?: AbortSignal): Promise<readonly string[]>;
}
