import type { User } from '@isthmus/contracts';
import type { CsvColumn } from '../../http/csvFile.ts';

/** The list of people as a file. */
export const userColumns: readonly CsvColumn<User>[] = [
  { name: 'displayName', value: (user) => user.displayName },
  { name: 'givenName', value: (user) => user.givenName },
  { name: 'surname', value: (user) => user.surname },
  { name: 'userName', value: (user) => user.userName },
  { name: 'upn', value: (user) => user.upn },
  { name: 'mail', value: (user) => user.mail },
  { name: 'onlineAddress', value: (user) => user.online?.address },
  { name: 'onlineState', value: (user) => user.online?.state },
  { name: 'state', value: (user) => user.state },
  { name: 'locked', value: (user) => user.locked },
  { name: 'passwordState', value: (user) => user.password.state },
  { name: 'accessLevel', value: (user) => user.accessLevel },
  { name: 'department', value: (user) => user.department },
  { name: 'title', value: (user) => user.title },
  { name: 'licenses', value: (user) => user.online?.licenses.map((license) => license.name).join('; ') },
  { name: 'lastSignInAt', value: (user) => user.lastSignInAt },
  { name: 'lastSynchronizedAt', value: (user) => user.lastSynchronizedAt },
];
