import type { RequestOf } from '@isthmus/api-client';
import type { User } from '@isthmus/contracts';
import { api } from '../../shell/api.ts';

const PAGE = 500;

/** A value that a spreadsheet takes for a formula is made harmless by an apostrophe. */
export function csvCell(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const fields: readonly (readonly [string, (user: User) => string])[] = [
  ['displayName', (user) => user.displayName],
  ['userName', (user) => user.userName],
  ['upn', (user) => user.upn ?? ''],
  ['onlineAddress', (user) => user.online?.address ?? ''],
  ['onlineState', (user) => user.online?.state ?? ''],
  ['state', (user) => user.state],
  ['passwordState', (user) => user.password.state],
  ['accessLevel', (user) => user.accessLevel],
  ['department', (user) => user.department],
  ['licenses', (user) => user.online?.licenses.map((license) => license.name).join('; ') ?? ''],
  ['lastSignInAt', (user) => user.lastSignInAt ?? ''],
  ['lastSynchronizedAt', (user) => user.lastSynchronizedAt ?? ''],
];

function usersAsCsv(users: readonly User[]): string {
  const lines = [fields.map(([name]) => name), ...users.map((user) => fields.map(([, read]) => csvCell(read(user))))];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

/** Everybody in the filtered view, whatever is loaded. */
export async function exportUsers(query: NonNullable<RequestOf<'listUsers'>['query']>): Promise<Blob> {
  const users: User[] = [];
  for (;;) {
    const page = await api.call('listUsers', { query: { ...query, offset: users.length, limit: PAGE } });
    users.push(...page.items);
    if (page.items.length === 0 || users.length >= page.total) break;
  }
  // The mark at the beginning makes spreadsheets read it as UTF-8.
  return new Blob(['\uFEFF', usersAsCsv(users)], { type: 'text/csv' });
}
