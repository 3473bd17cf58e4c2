import { changeableTexts, type FieldChange } from '@isthmus/contracts';
import type { DirectoryUser } from '@isthmus/directory';
import type { OnlineAccount } from '@isthmus/microsoft365';
import type { NewTimelineEntry } from '../features/timeline/index.ts';

/** Neither feed tells who made a change. */
const SOMEBODY = 'Another tool';

const USER_FIELDS = [
  ...changeableTexts,
  'managerDn',
  'groupDns',
  'enabled',
  'locked',
  'expiresAt',
  'passwordNeverExpires',
  'dn',
] as const satisfies readonly (keyof DirectoryUser)[];

const ONLINE_FIELDS = [
  'upn',
  'displayName',
  'givenName',
  'surname',
  'department',
  'jobTitle',
  'officeLocation',
  'mobilePhone',
  'businessPhones',
  'companyName',
  'signInAllowed',
  'usageLocation',
  'skuIds',
] as const satisfies readonly (keyof OnlineAccount)[];

type Value = string | boolean | Date | undefined | readonly string[];

function text(value: Value): string | null {
  if (value === undefined || value === '') return null;
  if (value instanceof Date) return value.toISOString();
  return Array.isArray(value) ? [...value].sort().join(', ') || null : String(value);
}

function differences<Field extends string>(
  fields: readonly Field[],
  before: Readonly<Record<Field, Value>>,
  after: Readonly<Record<Field, Value>>,
): FieldChange[] {
  return fields
    .map((field) => ({ field, before: text(before[field]), after: text(after[field]) }))
    .filter((change) => change.before !== change.after);
}

function eventOf(side: 'directory' | 'online', changes: readonly FieldChange[]): string {
  const state = changes.find(({ field }) => field === (side === 'directory' ? 'enabled' : 'signInAllowed'));
  if (state === undefined) return `${side}.changed`;
  if (side === 'directory') return state.after === 'true' ? 'directory.enabled' : 'directory.disabled';
  return state.after === 'true' ? 'online.sign-in-allowed' : 'online.sign-in-blocked';
}

/** What the directory mirror saw of one person; undefined when it is nothing to tell. */
export function describeUserChange(
  before: DirectoryUser | undefined,
  after: DirectoryUser,
): NewTimelineEntry | undefined {
  const common = { userId: after.id, side: 'directory' as const, actor: SOMEBODY };
  if (before === undefined) {
    return { ...common, event: 'directory.user-added', sentence: `${after.userName} appeared in the directory` };
  }
  const changes = differences(USER_FIELDS, before, after);
  if (changes.length > 0) {
    const event = eventOf('directory', changes);
    return { ...common, event, sentence: `${after.userName} was changed in the directory`, changes };
  }
  if (before.passwordSetAt?.getTime() === after.passwordSetAt?.getTime()) return undefined;
  return {
    ...common,
    event: after.passwordSetAt === undefined ? 'directory.password-must-change' : 'directory.password-set',
    sentence:
      after.passwordSetAt === undefined
        ? `${after.userName} must choose a new password at the next sign-in`
        : `The password of ${after.userName} was set in the directory`,
  };
}

export function describeUserRemoval(before: DirectoryUser): NewTimelineEntry {
  return {
    userId: before.id,
    side: 'directory',
    actor: SOMEBODY,
    event: 'directory.user-removed',
    sentence: `${before.userName} was removed from the directory`,
  };
}

/** What the tenant mirror saw of one linked person. */
export function describeOnlineChange(
  userId: string,
  before: OnlineAccount,
  after: OnlineAccount,
): NewTimelineEntry | undefined {
  const common = { userId, onlineAccountId: after.id, side: 'online' as const, actor: SOMEBODY };
  if ((before.deletedAt === undefined) !== (after.deletedAt === undefined)) {
    const isBack = after.deletedAt === undefined;
    return {
      ...common,
      event: isBack ? 'online.restored' : 'online.removed',
      sentence: isBack ? `${after.upn} was restored in Microsoft 365` : `${before.upn} was removed in Microsoft 365`,
    };
  }
  const changes = differences(ONLINE_FIELDS, before, after);
  if (changes.length === 0) return undefined;
  return {
    ...common,
    event: eventOf('online', changes),
    sentence: `${after.upn} was changed in Microsoft 365`,
    changes,
  };
}
