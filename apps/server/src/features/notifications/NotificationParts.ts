import type { Platform } from '../../composition/Platform.ts';
import type { Letterhead } from './composeMail.ts';
import type { MailSender } from './MailSender.ts';

export interface NotificationParts {
  readonly platform: Platform;
  readonly sender: MailSender;
  readonly findOrganization: () => Promise<string>;
  /** Where people open the dashboard; undefined before it listens. */
  readonly findAddress: () => string | undefined;
}

/** What every mail of this installation has at its head. */
export async function letterheadOf(
  parts: NotificationParts,
  { from, recipients }: { readonly from: string; readonly recipients: readonly string[] },
): Promise<Letterhead> {
  return { from, to: recipients, organization: await parts.findOrganization(), dashboard: parts.findAddress() };
}
