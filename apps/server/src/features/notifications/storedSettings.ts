import {
  type NotificationSettings,
  type NotificationsView,
  noticeSchema,
  notificationSettingsSchema,
} from '@isthmus/contracts';
import { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';
import type { MailServer } from './MailSender.ts';

const SETTINGS = 'notifications';
const DELIVERY = 'notifications-delivery';

const storedSchema = notificationSettingsSchema.extend({
  /** Another one with every change, so that what belongs to earlier settings is known. */
  id: z.guid(),
  /** Under which the password is sealed; null = there is none. */
  passwordId: z.guid().nullable(),
  turnedOnAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
  changedBy: z.string(),
});
export type StoredSettings = z.infer<typeof storedSchema>;

const deliverySchema = z.object({
  settingsId: z.guid(),
  lastSentAt: z.iso.datetime().nullable(),
  failedAttempts: z.number().int(),
  nextAttemptAt: z.iso.datetime().nullable(),
  problem: noticeSchema.nullable(),
});
export type Delivery = z.infer<typeof deliverySchema>;

export const secretName = (passwordId: string): string => `notifications-${passwordId}`;

/** Undefined while nobody is written to. @throws DomainError `storage.setting-damaged` */
export function findStored({ settings }: Platform): Promise<StoredSettings | undefined> {
  return settings.find(SETTINGS, storedSchema);
}

export async function putStored({ settings }: Platform, stored: StoredSettings): Promise<void> {
  await settings.put(SETTINGS, stored);
}

export async function removeStored({ settings }: Platform): Promise<void> {
  await settings.remove(SETTINGS);
  await settings.remove(DELIVERY);
}

/** How sending goes with these settings; that earlier ones failed says nothing about them. */
export async function readDelivery({ settings }: Platform, settingsId: string): Promise<Delivery> {
  const known = await settings.find(DELIVERY, deliverySchema);
  if (known?.settingsId === settingsId) return known;
  const lastSentAt = known?.lastSentAt ?? null;
  return { settingsId, lastSentAt, failedAttempts: 0, nextAttemptAt: null, problem: null };
}

export async function putDelivery({ settings }: Platform, delivery: Delivery): Promise<void> {
  await settings.put(DELIVERY, delivery);
}

/** The server of the settings with the password opened, for the moment of use. */
export async function openServer({ secrets }: Platform, stored: StoredSettings): Promise<MailServer> {
  const { server: host, port, encryption, user, passwordId } = stored;
  const password = passwordId === null ? undefined : await secrets.find(secretName(passwordId));
  const signIn = user === null || password === undefined ? undefined : { user, password };
  return { host, port, encryption, signIn };
}

/** What may be shown and compared. */
export function plainSettings(stored: StoredSettings): NotificationSettings {
  return notificationSettingsSchema.parse(stored);
}

export async function readNotifications(platform: Platform): Promise<NotificationsView> {
  const stored = await findStored(platform);
  const delivery = stored === undefined ? undefined : await readDelivery(platform, stored.id);
  return {
    settings: stored === undefined ? null : plainSettings(stored),
    hasPassword: stored !== undefined && stored.passwordId !== null,
    changedAt: stored?.changedAt ?? null,
    changedBy: stored?.changedBy ?? null,
    lastSentAt: delivery?.lastSentAt ?? null,
    failedAttempts: delivery?.failedAttempts ?? 0,
    nextAttemptAt: delivery?.nextAttemptAt ?? null,
    problem: delivery?.problem ?? null,
  };
}
