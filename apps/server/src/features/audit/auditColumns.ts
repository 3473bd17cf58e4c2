import type { AuditEntry } from '@isthmus/contracts';
import type { CsvColumn } from '../../http/csvFile.ts';

/** The audit log as a file; the changes of an entry stand in one cell. */
export const auditColumns: readonly CsvColumn<AuditEntry>[] = [
  { name: 'sequence', value: (entry) => entry.sequence },
  { name: 'at', value: (entry) => entry.at },
  { name: 'actor', value: (entry) => entry.actor },
  { name: 'address', value: (entry) => entry.address },
  { name: 'action', value: (entry) => entry.action },
  { name: 'sentence', value: (entry) => entry.sentence },
  { name: 'subject', value: (entry) => entry.subject },
  { name: 'result', value: (entry) => entry.result },
  {
    name: 'changes',
    value: (entry) =>
      entry.changes.map(({ field, before, after }) => `${field}: ${before ?? ''} → ${after ?? ''}`).join('; '),
  },
  { name: 'requestId', value: (entry) => entry.requestId },
  { name: 'jobId', value: (entry) => entry.jobId },
];
