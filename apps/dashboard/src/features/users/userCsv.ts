import type { User } from '@isthmus/contracts';

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

export function usersAsCsv(users: readonly User[]): string {
  const lines = [fields.map(([name]) => name), ...users.map((user) => fields.map(([, read]) => csvCell(read(user))))];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}
