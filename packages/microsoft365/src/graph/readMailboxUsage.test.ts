import { isDomainError } from '@isthmus/kernel';
import { describe, expect, test } from 'vitest';
import { type Channel, type HttpAnswer, type HttpRequest, NetworkFailure } from '../http/HttpChannel.ts';
import { FakeGraph } from '../testing/FakeGraph.ts';
import { fakeTransport } from '../testing/fakeTransport.ts';
import { readMailboxUsage } from './readMailboxUsage.ts';

const PERMIT = 'https://reports.example/data/download?token=permit-of-the-address';
const COLUMNS =
  'Report Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,Storage Used (Byte),Prohibit Send Quota (Byte),Has Archive';
const options = { lane: 'interactive' } as const;

/** Graph that leads to a report, and the place that it leads to. */
class ReportChannel extends FakeGraph implements Channel {
  location = PERMIT;
  report: () => HttpAnswer;

  constructor(report: () => HttpAnswer) {
    super();
    this.report = report;
  }

  override send(request: HttpRequest): Promise<HttpAnswer> {
    this.sent.push(request);
    if (request.url.startsWith('https://reports.example/')) return Promise.resolve().then(this.report);
    return Promise.resolve({ status: 302, headers: { location: this.location }, text: '' });
  }
}

function read(channel: ReportChannel) {
  return readMailboxUsage(fakeTransport(channel).transport, options);
}
const csv = (...lines: string[]) => new ReportChannel(() => ({ status: 200, headers: {}, text: lines.join('\n') }));

describe('the report on mailboxes', () => {
  test('is read with a byte order mark, quoted names and columns that were added', async () => {
    const channel = csv(
      `\uFEFF${COLUMNS}`,
      '2026-05-30,ada@contoso.com,"Lovelace, Ada",False,,123,50,False',
      '2026-05-30,gone@contoso.com,Gone,True,2026-05-01,9,50,False',
      '2026-05-30,info@contoso.com,Info,False,,7,,False',
      '',
    );
    expect(await read(channel)).toEqual({
      day: '2026-05-30',
      namesAreHidden: false,
      mailboxes: [
        { upn: 'ada@contoso.com', displayName: 'Lovelace, Ada', storageBytes: 123, quotaBytes: 50 },
        { upn: 'info@contoso.com', displayName: 'Info', storageBytes: 7, quotaBytes: undefined },
      ],
    });
  });

  test('is loaded without our token', async () => {
    const channel = csv(COLUMNS);
    expect(await read(channel)).toEqual({ day: undefined, namesAreHidden: false, mailboxes: [] });
    expect(channel.sent.map(({ headers }) => headers['authorization'] !== undefined)).toEqual([true, false]);
  });

  test('tells that names are hidden', async () => {
    const channel = csv(COLUMNS, '2026-05-30,A1B2,C3D4,False,,123,50,False');
    expect(await read(channel)).toMatchObject({ namesAreHidden: true });
  });

  test.each<[string, ReportChannel, string]>([
    ['a page instead of the report', csv('<html>', '</html>'), 'online.failed'],
    ['half a report', csv(COLUMNS, '2026-05-30,"ada'), 'online.failed'],
    ['no number', csv(COLUMNS, '2026-05-30,a@b.c,A,False,,much,50,False'), 'online.failed'],
    [
      'an expired address',
      new ReportChannel(() => ({ status: 403, headers: {}, text: 'The link has expired.' })),
      'online.unreachable',
    ],
    [
      'no answer',
      new ReportChannel(() => {
        throw new NetworkFailure('perhaps', 'ECONNRESET', undefined);
      }),
      'online.unreachable',
    ],
  ])('fails with its own code for %s, and never tells the address', async (_name, channel, code) => {
    const error = await read(channel).catch((reason: unknown) => reason);
    expect(isDomainError(error) && error.code).toBe(code);
    expect(String(error instanceof Error ? `${error.stack} ${String(error.cause)}` : error)).not.toContain('permit-of');
  });

  test('is not loaded from an address without a certificate', async () => {
    const channel = csv(COLUMNS);
    channel.location = PERMIT.replace('https:', 'http:');
    await expect(read(channel)).rejects.toMatchObject({ code: 'online.unreachable' });
    expect(channel.sent).toHaveLength(1);
  });
});
