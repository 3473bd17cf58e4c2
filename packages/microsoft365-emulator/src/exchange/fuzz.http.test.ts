import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import { cmdletInput, type ExchangeClient, exchangeClientWith } from '../testing/ExchangeClient.ts';
import { startTrusted } from '../testing/TestTenant.ts';
import { cmdlets } from './cmdlets/cmdletTable.ts';

let emulator: Emulator;
let exchange: ExchangeClient;

beforeAll(async () => {
  emulator = await startTrusted({
    throttling: { mode: 'off' },
    settings: { dnsResolver: '127.0.0.1:9', dnsTimeoutMs: 20 },
    seed: {
      users: ['ada', 'grace'].map((name) => ({ userPrincipalName: name, licenses: ['SPB'], usageLocation: 'GB' })),
      groups: [{ displayName: 'List', kind: 'distribution', members: ['ada'], owners: ['grace'] }],
      exchange: { phones: [{ user: 'ada', deviceId: 'ONE' }] },
    },
  });
  exchange = await exchangeClientWith(emulator);
});
afterAll(() => emulator.close());

const texts = [
  'ada',
  'grace',
  'List',
  'Default',
  'ada:\\Calendar',
  'contoso.onmicrosoft.com',
  'SMTP:x@contoso.onmicrosoft.com',
  "Name -eq 'List'",
  '',
  '\\',
  'CN=ada,OU=x',
  '(',
  '2048',
  'Unlimited',
  '00:15:00',
];
const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...texts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
const delta = fc.record({
  '@odata.type': fc.constant('#Exchange.GenericHashTable'),
  add: text,
  remove: fc.array(text, { maxLength: 2 }),
});
const value = fc.oneof(
  text,
  fc.boolean(),
  fc.array(text, { maxLength: 3 }),
  fc.constant(null),
  delta,
  fc.integer(),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A cmdlet with parameters it knows, so that most calls get past the binding. */
const call = fc.constantFrom(...cmdlets).chain((cmdlet) => {
  const mandatory = Object.fromEntries((cmdlet.mandatory ?? []).map((name) => [name, text]));
  const others = fc.dictionary(fc.constantFrom(...Object.keys(cmdlet.parameters), 'Nonsense'), value, { maxKeys: 3 });
  return fc.tuple(others, fc.record(mandatory)).map(([some, needed]) => ({
    cmdlet: cmdlet.name,
    parameters: { ...some, ...needed, ...(cmdlet.confirms === true ? { Confirm: false } : {}) },
  }));
});

test('whatever a cmdlet is given, it answers in the form of the service and never with a mistake of its own', async () => {
  await fc.assert(
    fc.asyncProperty(call, async ({ cmdlet, parameters }) => {
      const { status, body } = await exchange.invoke(cmdlet, parameters);
      expect([200, 400, 404]).toContain(status);
      if (status === 200) expect(Array.isArray(body.value)).toBe(true);
      else expect(body.error).toMatchObject({ code: expect.any(String), innererror: expect.any(Object) });
    }),
    { numRuns: 800, endOnFailure: true },
  );
});

test('whatever is asked for, no path and no body is a mistake of its own', async () => {
  const path = fc.constantFrom(
    'InvokeCommand',
    '$batch',
    'Mailbox',
    "Mailbox('ada')",
    "Mailbox('",
    'Nonsense',
    '%00',
    'InvokeCommand?$skiptoken=a&$select=,',
  );
  const requests = fc.array(fc.record({ id: text, url: text, method: fc.constantFrom('POST', 'GET'), body: value }), {
    maxLength: 3,
  });
  const body = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constant(cmdletInput('Get-Mailbox')),
    requests.map((items) => JSON.stringify({ requests: items })),
  );
  const version = fc.constantFrom('beta', 'v1.0', 'v2.0', 'x');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom('GET', 'POST', 'PUT'), version, path, body, async (method, api, end, content) => {
      const response = await fetch(`${emulator.url}/adminapi/${api}/${emulator.tenantId}/${end}`, {
        method,
        headers: { authorization: `Bearer ${exchange.token}`, 'content-type': 'application/json' },
        ...(method === 'GET' ? {} : { body: content }),
      });
      await response.body?.cancel();
      expect(response.status).toBeLessThan(500);
    }),
    { numRuns: 400, endOnFailure: true },
  );
});
