import { expect, test } from 'vitest';
import { FakeGraph } from '../testing/FakeGraph.ts';
import { fakeTransport } from '../testing/fakeTransport.ts';
import { readAccountChanges } from './readAccountChanges.ts';

const options = { lane: 'background' } as const;
const ADA = '11111111-0000-0000-0000-000000000001';
const BOB = '11111111-0000-0000-0000-000000000002';
const EVE = '11111111-0000-0000-0000-000000000003';
const base = 'https://graph.example/v1.0/users/delta';

/** Answers by the query of the link; the first request is `start`. */
function feed(pages: Record<string, { status?: number; body: object }>) {
  const graph = new FakeGraph();
  const asked: string[] = [];
  graph.send = (request) => {
    const url = new URL(request.url);
    const key = url.searchParams.get('token') ?? 'start';
    asked.push(key);
    const page = pages[key] ?? { status: 404, body: {} };
    return Promise.resolve({ status: page.status ?? 200, headers: {}, text: JSON.stringify(page.body) });
  };
  return { asked, transport: fakeTransport(graph).transport };
}

const user = (id: string, name: string) => ({ id, userPrincipalName: `${name}@contoso.example`, displayName: name });

test('follows all pages, empty ones too; the later entry of an account counts', async () => {
  const { transport, asked } = feed({
    start: { body: { value: [user(ADA, 'ada'), user(BOB, 'bob')], '@odata.nextLink': `${base}?token=2` } },
    2: { body: { value: [], '@odata.nextLink': `${base}?token=3` } },
    3: {
      body: {
        value: [
          user(ADA, 'ada.new'),
          { id: BOB, '@removed': { reason: 'changed' } },
          { id: EVE, '@removed': { reason: 'deleted' } },
        ],
        '@odata.deltaLink': `${base}?token=end`,
      },
    },
  });
  const round = await readAccountChanges(transport, undefined, options);
  expect(asked).toEqual(['start', '2', '3']);
  expect(round).toMatchObject({
    changed: [{ id: ADA, upn: 'ada.new@contoso.example' }],
    removed: [
      { id: BOB, reason: 'deleted' },
      { id: EVE, reason: 'purged' },
    ],
    cursor: `${base}?token=end`,
    incremental: false,
  });
});

test('goes on where it stopped', async () => {
  const { transport } = feed({ last: { body: { value: [], '@odata.deltaLink': `${base}?token=next` } } });
  expect(await readAccountChanges(transport, `${base}?token=last`, options)).toEqual({
    changed: [],
    removed: [],
    cursor: `${base}?token=next`,
    incremental: true,
  });
});

test.each([
  ['410', 410, { error: { code: 'resyncRequired', message: '' } }],
  [
    '400 in the words of the directory',
    400,
    { error: { code: 'Request_UnsupportedQuery', message: 'DeltaLink older than 30 days is not supported.' } },
  ],
  ['an old page', 400, { error: { code: 'Directory_ExpiredPageToken', message: '' } }],
  ['an unknown state', 404, { error: { code: 'syncStateNotFound', message: '' } }],
])('starts over after %s', async (_name, status, body) => {
  const { transport, asked } = feed({
    old: { status, body },
    start: { body: { value: [user(ADA, 'ada')], '@odata.deltaLink': `${base}?token=end` } },
  });
  const round = await readAccountChanges(transport, `${base}?token=old`, options);
  expect(asked).toEqual(['old', 'start']);
  expect(round).toMatchObject({ incremental: false, changed: [{ id: ADA }] });
});
