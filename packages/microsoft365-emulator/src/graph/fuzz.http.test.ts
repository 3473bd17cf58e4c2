import https from 'node:https';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Emulator, startEmulator } from '../index.ts';
import { getToken, trust } from '../testing/TestTenant.ts';
import { notImplemented } from './notImplemented.ts';
import { operations } from './operations.ts';

const TIME_MS = 12_000;
const ANSWER_MS = 5000;

interface FuzzRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
}

interface FuzzAnswer {
  readonly status: number;
  readonly text: string;
  readonly type: string;
}

let emulator: Emulator;
let token: string;
let agent: https.Agent;

beforeAll(async () => {
  const users = ['ada', 'bob'].map((userPrincipalName) => ({
    userPrincipalName,
    licenses: ['SPB'],
    usageLocation: 'US',
  }));
  emulator = await startEmulator({
    seed: { users },
    throttling: { mode: 'off' },
    // What it sends is mostly not as described.
    recordExchanges: '',
    settings: { enforcePermissions: false },
  });
  trust(emulator.caPem);
  const app = emulator.control.addApplication({ displayName: 'Fuzz', public: true, delegated: ['User.Read'] });
  const { username, password } = emulator.administrator;
  const form = { grant_type: 'password', client_id: app.appId, username, password, scope: 'User.Read' };
  token = (await getToken(emulator, form)).body.access_token;
  agent = new https.Agent({ keepAlive: true, ca: emulator.caPem });
});
afterAll(async () => {
  agent.destroy();
  await emulator.close();
});

/** Sends what `fetch` would refuse to send as well. */
function send({ method, path, headers, body }: FuzzRequest): Promise<FuzzAnswer> {
  const { authorization } = headers;
  const sent = {
    ...headers,
    ...(authorization === 'token' ? { authorization: `Bearer ${token}` } : {}),
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = https.request(emulator.url, { method, path, headers: sent, agent, timeout: ANSWER_MS });
    outgoing.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({ status: response.statusCode ?? 0, text, type: response.headers['content-type'] ?? '' });
      });
    });
    outgoing.on('timeout', () => outgoing.destroy(new Error('The emulator did not answer in time')));
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** Mostly nothing: what is damaged everywhere is refused before anything happens. */
function seldom<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, { weight: 1, arbitrary });
}

const nasty = fc.constantFrom(
  "'",
  "''",
  '%00',
  '%zz',
  '%E0%A4%A',
  '..',
  '$ref',
  '$count',
  '()',
  "(id='x')",
  '__proto__',
  'constructor',
  'toString',
  '%F0%9F%90%BB',
  'null',
  '-1',
  '1e999',
);
const known = fc.constantFrom(
  'ada@contoso.onmicrosoft.com',
  'me',
  '00000000-0000-0000-0000-000000000000',
  'contoso.onmicrosoft.com',
);
const key = fc.oneof({ weight: 12, arbitrary: known }, { weight: 2, arbitrary: nasty }, fc.webSegment());

/** A path of an operation with its parameters filled in, or a damaged one. */
const path = fc
  .tuple(
    fc.constantFrom(...operations, ...notImplemented),
    fc.array(key, { minLength: 4, maxLength: 4 }),
    seldom(nasty),
  )
  .map(([operation, keys, more]) => {
    let index = 0;
    const filled = operation.path.replaceAll(/\{[^}]+\}/g, () => encodeURI(keys[index++ % keys.length] ?? ''));
    return { method: operation.method, path: more === null ? filled : `${filled}/${more}` };
  });

const properties = [
  'displayName',
  'id',
  'accountEnabled',
  'proxyAddresses',
  'manager',
  'members',
  'createdDateTime',
  'x',
];
const word = fc.oneof(
  fc.constantFrom(
    ...properties,
    'eq',
    'ne',
    'and',
    'or',
    'not',
    '(',
    ')',
    ',',
    ':',
    "'a'",
    '"displayName:a"',
    '1',
    'in',
  ),
  fc.constantFrom('startsWith(displayName,', '/any(x:x', '$select=id', 'desc', 'true', '*', 'max', 'latest'),
  nasty,
  fc.string({ unit: 'binary', maxLength: 8 }),
);
const option = fc.tuple(
  fc.oneof(
    fc.constantFrom(
      '$select',
      '$filter',
      '$orderby',
      '$expand',
      '$search',
      '$top',
      '$count',
      '$skiptoken',
      '$deltatoken',
    ),
    fc.constantFrom('$skip', '$format', 'filter', 'search', 'token', '$Select', '$apply', 'q'),
    fc.webSegment(),
  ),
  fc.oneof(
    fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
    fc.constantFrom("displayName eq 'a'", 'true', '1', '5', '999', '1000', 'id', '"displayName:a"'),
  ),
);
const query = fc
  .array(option, { maxLength: 4 })
  .map((options) => options.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&'));

const batchItem = fc.record(
  {
    id: fc.oneof(fc.string({ maxLength: 2 }), fc.integer()),
    method: fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'nothing', ''),
    url: fc.oneof(fc.constantFrom('/users', 'me', '', '/$batch', 'https://elsewhere/v1.0/users'), fc.string()),
    headers: fc.dictionary(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 })),
    body: fc.jsonValue(),
    dependsOn: fc.array(fc.string({ maxLength: 2 }), { maxLength: 2 }),
  },
  { requiredKeys: ['id', 'method', 'url'] },
);
const batchBody = fc.record({ requests: fc.oneof(fc.array(batchItem, { maxLength: 22 }), fc.jsonValue()) });

const bodyProperties = fc.dictionary(
  fc.constantFrom(
    ...properties,
    '@odata.id',
    'userPrincipalName',
    'mailNickname',
    'passwordProfile',
    'mail',
    'addLicenses',
    'removeLicenses',
    'keyCredentials',
    'groupTypes',
    'requests',
    '__proto__',
  ),
  fc.oneof(fc.jsonValue(), fc.constantFrom('ada', "https://graph.microsoft.com/v1.0/users('x')", true, null, [])),
);
const body = fc.oneof(
  bodyProperties.map((value) => JSON.stringify(value)),
  batchBody.map((value) => JSON.stringify(value)),
  fc.jsonValue().map((value) => JSON.stringify(value)),
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
  fc.constantFrom(
    '',
    '{',
    '[[[',
    `${'['.repeat(5000)}${']'.repeat(5000)}`,
    `{"a":${'{"a":'.repeat(3000)}1${'}'.repeat(3001)}`,
  ),
);
const header = fc.stringMatching(/^[\x20-\x7e]{0,20}$/).map((text) => text.trim());
const headers = fc.record(
  {
    consistencylevel: fc.oneof(fc.constant('eventual'), header),
    prefer: fc.oneof(fc.constant('return=minimal'), header),
    'content-type': fc.oneof({ weight: 4, arbitrary: fc.constant('application/json') }, header),
    accept: fc.oneof(
      fc.constantFrom('application/json', 'text/html', '*/*', 'application/json;odata.metadata=full'),
      header,
    ),
    'if-match': fc.oneof(fc.constant('*'), header),
    'client-request-id': header,
    authorization: fc.oneof({ weight: 9, arbitrary: fc.constant('token') }, header),
  },
  { requiredKeys: ['authorization', 'content-type'] },
);

const request = fc
  .record({
    path: fc.oneof(
      { weight: 4, arbitrary: path },
      fc.record({ method: fc.constant('POST'), path: fc.constant('/$batch') }),
    ),
    method: seldom(fc.constantFrom('GET', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND')),
    query: fc.oneof(fc.constant(''), query),
    headers,
    body,
  })
  .map(({ path: target, method, ...rest }): FuzzRequest => {
    const sent = method ?? target.method;
    const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(sent);
    return {
      method: sent,
      path: `/v1.0${target.path}${rest.query === '' ? '' : `?${rest.query}`}`.replaceAll(
        /[^\x21-\x7e]/g,
        encodeURIComponent,
      ),
      headers: rest.headers,
      body: hasBody ? rest.body : undefined,
    };
  });

function expectGraphAnswer({ status, text, type }: FuzzAnswer, method: string): void {
  expect(status).toBeGreaterThanOrEqual(200);
  expect([500, 502, 503, 504]).not.toContain(status);
  if (status < 400 || method === 'HEAD') return;
  expect(type).toMatch(/^application\/json/);
  const { error } = JSON.parse(text);
  expect(error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
}

test('whatever is sent, Graph answers in time, in its own words, and never with a mistake of its own', async () => {
  await fc.assert(
    fc.asyncProperty(request, async (one) => {
      expectGraphAnswer(await send(one), one.method);
    }),
    { numRuns: 3000, interruptAfterTimeLimit: TIME_MS, endOnFailure: true },
  );
  const alive = await send({
    method: 'GET',
    path: '/v1.0/organization',
    headers: { authorization: 'token' },
    body: undefined,
  });
  expect(alive.status).toBe(200);
});
