import { isDomainError } from '@isthmus/kernel';
import type { Subscription } from '@isthmus/microsoft365';
import type { Platform } from '../../composition/Platform.ts';
import type { NewAlert } from '../alerts/index.ts';

const DAY_MS = 24 * 60 * 60_000;
const TRIAL_ENDS_WITHIN_MS = 14 * DAY_MS;
const codes = ['subscription.over', 'subscription.trial-ends'] as const;

function dayOf(date: Date | undefined): string {
  return date === undefined ? 'a day that Microsoft does not name' : date.toISOString().slice(0, 10);
}

function over({ name, state, nextChangeAt }: Subscription): Omit<NewAlert, 'code'> | undefined {
  const remedy = 'Renew it in the admin center under Billing, or give these people another license.';
  if (state === 'warning') {
    return {
      severity: 'warning',
      title: `The subscription ${name} is over`,
      detail: `Its days of grace end on ${dayOf(nextChangeAt)}. Until then people can work; afterwards only administrators get in.`,
      remedy,
    };
  }
  if (state !== 'suspended' && state !== 'locked-out') return undefined;
  return {
    severity: 'critical',
    title: `The subscription ${name} is suspended`,
    detail: `People with its licenses cannot work. Their data is deleted some time after ${dayOf(nextChangeAt)}.`,
    remedy,
  };
}

function trialEnds(
  { name, state, isTrial, nextChangeAt }: Subscription,
  now: Date,
): Omit<NewAlert, 'code'> | undefined {
  if (!isTrial || state !== 'enabled' || nextChangeAt === undefined) return undefined;
  if (nextChangeAt.getTime() - now.getTime() > TRIAL_ENDS_WITHIN_MS) return undefined;
  return {
    severity: 'warning',
    title: `The trial of ${name} ends on ${dayOf(nextChangeAt)}`,
    detail: 'Afterwards its licenses stop working.',
    remedy: 'Buy the subscription in the admin center under Billing, or take its licenses back.',
  };
}

/** Tells of subscriptions that are over or about to be; ends alerts of those that are gone. */
export async function watchSubscriptions({ connections, alerts, clock, database }: Platform): Promise<void> {
  const microsoft365 = connections.findMicrosoft365();
  if (microsoft365 === undefined) return;
  const subscriptions = await microsoft365.tenant.subscriptions({ lane: 'background' }).catch((error: unknown) => {
    // Whether the tenant answers has an alert of its own.
    if (isDomainError(error)) return undefined;
    throw error;
  });
  if (subscriptions === undefined) return;
  const told = new Set<string>();
  for (const subscription of subscriptions) {
    const found = {
      'subscription.over': over(subscription),
      'subscription.trial-ends': trialEnds(subscription, clock.now()),
    };
    for (const code of codes) {
      const alert = found[code];
      if (alert === undefined) continue;
      told.add(`${code} ${subscription.id.toLowerCase()}`);
      await alerts.raise({ ...alert, code, subjectUserId: subscription.id, subject: subscription.name });
    }
  }
  const open = await database
    .selectFrom('alert')
    .select(['code', 'subject_user_id'])
    .where('code', 'in', codes)
    .where('state', '<>', 'resolved')
    .execute();
  for (const { code, subject_user_id: id } of open) {
    if (id !== null && !told.has(`${code} ${id}`)) await alerts.resolve(code, id);
  }
}
