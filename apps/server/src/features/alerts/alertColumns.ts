import type { Alert } from '@isthmus/contracts';
import type { CsvColumn } from '../../http/csvFile.ts';

/** The alerts as a file. */
export const alertColumns: readonly CsvColumn<Alert>[] = [
  { name: 'since', value: (alert) => alert.since },
  { name: 'severity', value: (alert) => alert.severity },
  { name: 'state', value: (alert) => alert.state },
  { name: 'code', value: (alert) => alert.code },
  { name: 'title', value: (alert) => alert.title },
  { name: 'detail', value: (alert) => alert.detail },
  { name: 'remedy', value: (alert) => alert.remedy },
  { name: 'subject', value: (alert) => alert.subject },
];
