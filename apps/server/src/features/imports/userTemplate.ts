import { type UserImportField, userImportFields } from '@isthmus/contracts';
import { writeCsv } from '../../http/csvFile.ts';

const EXAMPLE: Partial<Record<UserImportField, string>> = {
  userName: 'ada.lovelace',
  givenName: 'Ada',
  surname: 'Lovelace',
  displayName: 'Ada Lovelace',
  department: 'Research',
  title: 'Analyst',
  phone: '030 123456',
};

/** Every column that an import understands, and one line as an example. */
export function userTemplate(options: { readonly bom: boolean }): Promise<string> {
  const columns = userImportFields.map((name) => ({ name, value: (row: typeof EXAMPLE) => row[name] }));
  return writeCsv([EXAMPLE], columns, options);
}
