import { DomainError } from '@isthmus/kernel';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import type { MailboxUsageReport } from '../MailboxUsage.ts';
import type { CallOptions } from '../ports.ts';
import type { GraphRequest } from './GraphRequest.ts';
import type { GraphTransport } from './GraphTransport.ts';

const request: GraphRequest = {
  method: 'GET',
  path: "/reports/getMailboxUsageDetail(period='D7')",
  permission: 'Reports.Read.All',
  purpose: 'read how full the mailboxes are',
};

// Microsoft documentation, "reportRoot: getMailboxUsageDetail"; more columns are added now and then.
const rows = z.array(
  z.object({
    'Report Refresh Date': z.string(),
    'User Principal Name': z.string(),
    'Display Name': z.string(),
    'Is Deleted': z.string(),
    'Storage Used (Byte)': z.coerce.number().nonnegative(),
    'Prohibit Send Quota (Byte)': z.string().transform((text) => Number(text) || undefined),
  }),
);

/**
 * The last report on mailboxes. Graph answers with an address that has the report as text with commas.
 * @throws DomainError `online.not-permitted`, `online.unreachable`, `online.failed` for a report that is none
 */
export async function readMailboxUsage(transport: GraphTransport, options: CallOptions): Promise<MailboxUsageReport> {
  const { headers } = await transport.call(request, options);
  const text = await transport.download(headers['location'] ?? '', request, options);
  const found = parseReport(text).filter((row) => row['Is Deleted'].toLowerCase() !== 'true');
  return {
    day: found[0]?.['Report Refresh Date'],
    // A user principal name always has an "@"; what stands for one never has.
    namesAreHidden: found.length > 0 && found.every((row) => !row['User Principal Name'].includes('@')),
    mailboxes: found.map((row) => ({
      upn: row['User Principal Name'],
      displayName: row['Display Name'],
      storageBytes: row['Storage Used (Byte)'],
      quotaBytes: row['Prohibit Send Quota (Byte)'],
    })),
  };
}

function parseReport(text: string): z.infer<typeof rows> {
  try {
    return rows.parse(parse(text, { bom: true, columns: true, skip_empty_lines: true }));
  } catch (cause) {
    throw new DomainError({
      code: 'online.failed',
      message: 'The report of Microsoft 365 on mailboxes cannot be read.',
      remedy: 'Try again later. If it stays so, Microsoft changed the report: look for a newer release.',
      retryable: true,
      cause,
    });
  }
}
