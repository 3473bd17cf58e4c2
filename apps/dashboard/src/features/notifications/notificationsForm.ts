import {
  isLoopbackHost,
  keepsPassword,
  type MailEncryption,
  mailAddressSchema,
  mailEncryptions,
  mailedSeverities,
  mailHostSchema,
  type NotificationSettings,
  type NotificationsView,
  splitRecipients,
  usualMailPorts,
} from '@isthmus/contracts';
import { z } from 'zod';

const HIGHEST_PORT = 65_535;

const isPort = (text: string): boolean => /^\d+$/.test(text) && Number(text) >= 1 && Number(text) <= HIGHEST_PORT;
const isAddress = (text: string): boolean => mailAddressSchema.safeParse(text).success;

/** The first of the recipients that is no address. */
export function wrongRecipient(text: string): string | undefined {
  return splitRecipients(text).find((recipient) => !isAddress(recipient));
}

/** A text that is checked by a question; the kind of the mistake chooses the words that are shown. */
const textThat = (isGood: (text: string) => boolean) =>
  z.string().superRefine((text, context) => {
    if (text.trim() === '') {
      context.addIssue({ code: 'too_small', minimum: 1, inclusive: true, origin: 'string' });
    } else if (!isGood(text.trim())) {
      context.addIssue({ code: 'invalid_format', format: 'regex' });
    }
  });

export const notificationsFormSchema = z.object({
  server: textThat((text) => mailHostSchema.safeParse(text).success),
  port: textThat(isPort),
  encryption: z.enum(mailEncryptions),
  unprotected: z.boolean(),
  user: z.string().max(256),
  password: z.string().max(1024),
  from: textThat(isAddress),
  recipients: textThat((text) => splitRecipients(text).length > 0 && wrongRecipient(text) === undefined),
  severity: z.enum(mailedSeverities),
  news: z.boolean(),
});
/** As typed. */
export type NotificationsForm = z.infer<typeof notificationsFormSchema>;

export function formOf(settings: NotificationSettings | null): NotificationsForm {
  const encryption = settings?.encryption ?? 'starttls';
  return {
    server: settings?.server ?? '',
    port: String(settings?.port ?? usualMailPorts[encryption]),
    encryption,
    unprotected: settings?.unprotected ?? false,
    user: settings?.user ?? '',
    password: '',
    from: settings?.from ?? '',
    recipients: settings?.recipients.join('; ') ?? '',
    severity: settings?.severity ?? 'warning',
    news: settings?.news ?? true,
  };
}

export function settingsOf(form: NotificationsForm): NotificationSettings {
  const user = form.user.trim();
  return {
    server: form.server.trim().toLowerCase(),
    port: Number(form.port.trim()),
    encryption: form.encryption,
    unprotected: form.unprotected && asksAboutProtection(form),
    user: user === '' ? null : user,
    from: form.from.trim(),
    recipients: splitRecipients(form.recipients),
    severity: form.severity,
    news: form.news,
  };
}

/** The port after another encryption was chosen: the usual one, unless somebody typed their own. */
export function portFor(port: string, before: MailEncryption, after: MailEncryption): string {
  return port.trim() === '' || port === String(usualMailPorts[before]) ? String(usualMailPorts[after]) : port;
}

/** True when everybody on the way could read the mail. */
export function asksAboutProtection({ encryption, server }: Pick<NotificationsForm, 'encryption' | 'server'>): boolean {
  return encryption === 'none' && server.trim() !== '' && !isLoopbackHost(server);
}

/** True when the password that is kept serves for what is in the form. */
export function isPasswordKept({ settings, hasPassword }: NotificationsView, form: NotificationsForm): boolean {
  return hasPassword && settings !== null && keepsPassword(settings, settingsOf(form));
}
