import type { OnlineAccount } from '@isthmus/contracts';
import type { CsvColumn } from '../../http/csvFile.ts';

/** The accounts of the tenant as a file. */
export const onlineAccountColumns: readonly CsvColumn<OnlineAccount>[] = [
  { name: 'address', value: (account) => account.address },
  { name: 'displayName', value: (account) => account.displayName },
  { name: 'userName', value: (account) => account.user?.userName ?? null },
  { name: 'state', value: (account) => account.state },
  { name: 'hold', value: (account) => account.hold },
  { name: 'signInAllowed', value: (account) => account.signInAllowed },
  { name: 'licenses', value: (account) => account.licenses.map((license) => license.name).join('; ') },
  { name: 'usageLocation', value: (account) => account.usageLocation },
  { name: 'mail', value: (account) => account.mail },
  { name: 'lastSignInAt', value: (account) => account.signIn && (account.signIn.lastAt ?? 'never') },
  { name: 'createdAt', value: (account) => account.createdAt },
  { name: 'deletedAt', value: (account) => account.deletedAt },
];
