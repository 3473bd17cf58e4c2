import type { DirectoryUser } from '@isthmus/directory';
import { parseUserId } from '@isthmus/kernel';
import type { Kysely, Selectable } from 'kysely';
import type { Database, DirectoryUserTable } from '../../../storage/schema.ts';
import { bulkUpsert } from './bulkUpsert.ts';

export type UserRow = Selectable<DirectoryUserTable>;

export function userFromRow(row: UserRow): DirectoryUser {
  return {
    id: parseUserId(row.id),
    dn: row.dn,
    userName: row.user_name,
    upn: row.upn ?? undefined,
    displayName: row.display_name,
    givenName: row.given_name,
    surname: row.surname,
    mail: row.mail ?? undefined,
    department: row.department,
    title: row.title,
    office: row.office,
    phone: row.phone,
    mobile: row.mobile,
    company: row.company,
    description: row.description,
    managerDn: row.manager_dn ?? undefined,
    groupDns: row.group_dns,
    enabled: row.enabled,
    locked: row.locked,
    expiresAt: row.expires_at ?? undefined,
    passwordSetAt: row.password_set_at ?? undefined,
    passwordNeverExpires: row.password_never_expires,
    lastSignInAt: row.last_sign_in_at ?? undefined,
    createdAt: row.account_created_at ?? undefined,
    anchor: row.anchor,
    protectedAdministrator: row.protected_administrator,
    builtIn: row.built_in,
  };
}

function rowFromUser(user: DirectoryUser, seenAt: Date): UserRow {
  return {
    id: user.id,
    dn: user.dn,
    user_name: user.userName,
    upn: user.upn ?? null,
    display_name: user.displayName,
    given_name: user.givenName,
    surname: user.surname,
    mail: user.mail ?? null,
    department: user.department,
    title: user.title,
    office: user.office,
    phone: user.phone,
    mobile: user.mobile,
    company: user.company,
    description: user.description,
    manager_dn: user.managerDn ?? null,
    group_dns: [...user.groupDns].sort(),
    enabled: user.enabled,
    locked: user.locked,
    expires_at: user.expiresAt ?? null,
    password_set_at: user.passwordSetAt ?? null,
    password_never_expires: user.passwordNeverExpires,
    last_sign_in_at: user.lastSignInAt ?? null,
    account_created_at: user.createdAt ?? null,
    anchor: user.anchor,
    protected_administrator: user.protectedAdministrator,
    built_in: user.builtIn,
    access_level: 'standard',
    seen_at: seenAt,
    removed_at: null,
    returned_at: null,
  };
}

/** Everything the directory tells; the access level is worked out apart. */
const TOLD_BY_THE_DIRECTORY = [
  'dn',
  'user_name',
  'upn',
  'display_name',
  'given_name',
  'surname',
  'mail',
  'department',
  'title',
  'office',
  'phone',
  'mobile',
  'company',
  'description',
  'manager_dn',
  'group_dns',
  'enabled',
  'locked',
  'expires_at',
  'password_set_at',
  'password_never_expires',
  'last_sign_in_at',
  'account_created_at',
  'anchor',
  'protected_administrator',
  'built_in',
] as const satisfies readonly (keyof DirectoryUserTable)[];

/** Takes over what the directory told. @returns the ids of the accounts that are different now */
export function upsertUsers(
  database: Kysely<Database>,
  users: readonly DirectoryUser[],
  seenAt: Date,
): Promise<readonly string[]> {
  return bulkUpsert(database, {
    table: 'directory_user',
    rows: users.map((user) => rowFromUser(user, seenAt)),
    update: TOLD_BY_THE_DIRECTORY,
    always: [
      {
        column: 'returned_at',
        expression:
          'case when directory_user.removed_at is null then directory_user.returned_at else excluded.seen_at end',
        changed: 'directory_user.removed_at is not null',
      },
      { column: 'removed_at', expression: 'null', changed: 'false' },
      { column: 'seen_at', expression: 'excluded.seen_at', changed: 'false' },
    ],
  });
}
