import { stringify } from 'csv-stringify/sync';
import type { JobItemRow } from './JobStore.ts';

/**
 * The results for a spreadsheet. Names come from the directory, where anybody may have put a formula: such cells are
 * escaped, so that opening the file runs nothing.
 */
export function jobResultsCsv(items: readonly JobItemRow[]): string {
  const rows = items.map((item) => ({
    Position: item.position + 1,
    Name: item.name,
    Address: item.address ?? '',
    Result: item.state,
    Step: item.step ?? '',
    Code: item.problem?.code ?? '',
    Problem: item.problem?.message ?? '',
    Remedy: item.problem?.remedy ?? '',
    Ended: item.ended_at?.toISOString() ?? '',
  }));
  const columns = ['Position', 'Name', 'Address', 'Result', 'Step', 'Code', 'Problem', 'Remedy', 'Ended'];
  return stringify(rows, { header: true, columns, bom: true, escape_formulas: true, record_delimiter: '\r\n' });
}
