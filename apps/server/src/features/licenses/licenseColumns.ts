import type { LicenseView } from '@isthmus/contracts';
import type { CsvColumn } from '../../http/csvFile.ts';

/** The products and their seats as a file. */
export const licenseColumns: readonly CsvColumn<LicenseView>[] = [
  { name: 'name', value: (license) => license.name },
  { name: 'skuPartNumber', value: (license) => license.skuPartNumber },
  { name: 'total', value: (license) => license.total },
  { name: 'used', value: (license) => license.used },
  { name: 'free', value: (license) => license.free },
  { name: 'waiting', value: (license) => license.waiting },
  { name: 'notSignedIn', value: (license) => license.notSignedIn },
  { name: 'state', value: (license) => license.state },
];
