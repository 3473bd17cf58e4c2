import type { Proposal } from '@isthmus/contracts';
import type { CsvColumn } from '../../http/csvFile.ts';

/** The suggested online accounts as a file. */
export const proposalColumns: readonly CsvColumn<Proposal>[] = [
  { name: 'displayName', value: (proposal) => proposal.displayName },
  { name: 'userName', value: (proposal) => proposal.userName },
  { name: 'department', value: (proposal) => proposal.department },
  { name: 'address', value: (proposal) => proposal.address },
  { name: 'selected', value: (proposal) => proposal.selected },
  { name: 'warnings', value: (proposal) => proposal.warnings.map((warning) => warning.message).join(' ') },
];
