import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import {
  cmdletInput,
  type ExchangeClient,
  exchangeClientFor,
  exchangeClientWith,
  failureOf,
} from '../testing/ExchangeClient.ts';
import { answerOf, clientFor, getToken, startTrusted, type TestAnswer } from '../testing/TestTenant.ts';

let emulator: Emulator;
let exchange: ExchangeClient;

beforeAll(async () => {
  emulator = await startTrusted({
    seed: {
      users: ['ada', 'grace', 'kay', 'lin'].map((name) => ({
        userPrincipalName: name,
        licenses: ['SPB'],
        usageLocation: 'GB',
      })),
    },
  });
  exchange = await exchangeClientWith(emulator);
});
afterAll(() => emulator.close());
beforeEach(() => {
  emulator.control.change(initialSettings);
});

const initialSettings = {
  clockOffsetMs: 0,
  throttling: { mode: 'off' as const },
  exchange: {
    errorText: 'pipe' as const,
    pageTokenSeconds: 1800,
    pagesBoundToConnection: false,
    resultSize: 'honored' as const,
    requireAnchorMailbox: false,
    regionalHost: null,
    rateLimit: 30_000,
    adminApiV2: true,
  },
};

function post(path: string, body: string, headers: Record<string, string> = {}): Promise<TestAnswer> {
  const type = { 'content-type': 'application/json', authorization: `Bearer ${exchange.token}` };
  const options = { method: 'POST', body, headers: { ...type, ...headers }, redirect: 'manual' as const };
  return fetch(path.startsWith('https:') ? path : `${emulator.url}${path}`, options).then(answerOf);
}

async function statusWith(client: ExchangeClient, cmdlet: string, parameters: object = {}): Promise<number> {
  const response = await fetch(`${emulator.url}/adminapi/beta/${emulator.tenantId}/InvokeCommand`, {
    method: 'POST',
    headers: { authorization: `Bearer ${client.token}`, 'content-type': 'application/json' },
    body: cmdletInput(cmdlet, parameters),
  });
  await response.body?.cancel();
  return response.status;
}

describe('a call of InvokeCommand', () => {
  test('is answered in the form of the admin API', async () => {
    const { status, headers, body } = await exchange.invoke('Get-Mailbox', { Identity: 'ada@contoso.onmicrosoft.com' });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('odata.metadata=minimal');
    expect(headers.get('odata-version')).toBe('4.0');
    expect(headers.get('request-id')).not.toBeNull();
    expect(body['@odata.context']).toContain(
      `/adminapi/beta/${emulator.tenantId}/$metadata#Collection(Exchange.GenericHashTable)`,
    );
    expect(body['@adminapi.warnings']).toEqual([]);
    const [mailbox] = body.value;
    expect(mailbox['EmailAddresses@odata.type']).toBe('#Collection(String)');
    expect(mailbox['ExchangeGuid@data.type']).toBe('System.Guid');
    expect(mailbox.ProhibitSendReceiveQuota).toBe('50 GB (53,687,091,200 bytes)');
    expect(mailbox.WhenCreatedUTC).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z$/);
    expect(mailbox.WhenCreated).toMatch(/\.\d{7}\+00:00$/);
  });

  test('shows only what $select names', async () => {
    const { body } = await exchange.invoke('Get-Mailbox', {}, { query: '?$select=Alias,ExchangeGuid' });
    const names = ['Alias', 'ExchangeGuid@data.type', 'ExchangeGuid@odata.type', 'ExchangeGuid'];
    expect(Object.keys(body.value[0])).toEqual(names);
  });

  test('names the tenant by its id or by a domain of it', async () => {
    const path = '/adminapi/beta/contoso.onmicrosoft.com/InvokeCommand';
    expect((await post(path, cmdletInput('Get-AcceptedDomain'))).status).toBe(200);
    expect((await post('/adminapi/beta/fabrikam.com/InvokeCommand', cmdletInput('Get-AcceptedDomain'))).status).toBe(
      401,
    );
  });

  test('has its method and version', async () => {
    const path = `/adminapi/v1.0/${emulator.tenantId}/InvokeCommand`;
    expect((await post(path, cmdletInput('Get-Mailbox'))).status).toBe(405);
  });

  test.each([
    ['nonsense'],
    ['{}'],
    ['{"cmdletinput":{"CmdletName":"Get-Mailbox"}}'],
    ['{"CmdletInput":{"CmdletName":"Get-Mailbox","Parameters":null}}'],
  ])('is refused with the body %s', async (body) => {
    const answer = await post(`/adminapi/beta/${emulator.tenantId}/InvokeCommand`, body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('BadRequest');
  });

  test('needs X-AnchorMailbox only when that is switched on', async () => {
    emulator.control.change({ exchange: { requireAnchorMailbox: true } });
    expect((await exchange.invoke('Get-AcceptedDomain')).status).toBe(400);
    const headers = {
      'X-AnchorMailbox': `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${emulator.tenantId}`,
    };
    expect((await exchange.invoke('Get-AcceptedDomain', {}, { headers })).status).toBe(200);
  });

  test('gives JSON, and refuses the form of the PowerShell module', async () => {
    const asking = (format: string): Promise<TestAnswer> =>
      exchange.invoke('Get-AcceptedDomain', {}, { headers: { 'X-ResponseFormat': format, 'X-CmdletName': 'Other' } });
    expect((await asking('json')).status).toBe(200);
    expect((await asking('clixml')).status).toBe(400);
  });

  test('can be sent to a regional host', async () => {
    emulator.control.change({ exchange: { regionalHost: `127.0.0.1:${emulator.port}` } });
    const answer = await exchange.invoke('Get-AcceptedDomain');
    expect(answer.status).toBe(302);
    const location = answer.headers.get('location') ?? '';
    expect(location).toBe(`https://127.0.0.1:${emulator.port}/adminapi/beta/${emulator.tenantId}/InvokeCommand`);
    expect((await post(location, cmdletInput('Get-AcceptedDomain'))).status).toBe(200);
  });
});

describe('who may run a cmdlet', () => {
  const asking = (permissions: string[], roles: string[]): Promise<ExchangeClient> =>
    exchangeClientWith(emulator, { permissions, roles });

  test('an application needs the permission and a role', async () => {
    expect(await statusWith(await asking([], []), 'Get-Mailbox')).toBe(401);
    expect(await statusWith(await asking([], ['Exchange Administrator']), 'Get-Mailbox')).toBe(401);
    expect(await statusWith(await asking(['Exchange.ManageAsApp'], []), 'Get-Mailbox')).toBe(403);
    expect(await statusWith(await asking(['Exchange.ManageAsAppV2'], ['Exchange Administrator']), 'Get-Mailbox')).toBe(
      401,
    );
  });

  test('the refusal of a role, and of a cmdlet that does not exist, is NUL bytes that claim to be compressed', async () => {
    const response = await fetch(`${emulator.url}/adminapi/beta/${emulator.tenantId}/InvokeCommand`, {
      method: 'POST',
      headers: { authorization: `Bearer ${exchange.token}` },
      body: cmdletInput('Get-Nonsense'),
    });
    expect(response.status).toBe(403);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    await expect(response.text()).rejects.toThrow();
  });

  test('roles differ in what they show', async () => {
    const reader = await asking(['Exchange.ManageAsApp'], ['Global Reader']);
    const recipients = await asking(['Exchange.ManageAsApp'], ['Exchange Recipient Administrator']);
    const mailbox = { Identity: 'ada', DeliverToMailboxAndForward: false };
    const settings = { DefaultAccessLevel: 'Allow' };
    expect(await statusWith(reader, 'Get-Mailbox')).toBe(200);
    expect(await statusWith(reader, 'Set-Mailbox', mailbox)).toBe(403);
    expect(await statusWith(recipients, 'Set-Mailbox', mailbox)).toBe(200);
    expect(await statusWith(recipients, 'Get-AcceptedDomain')).toBe(200);
    expect(await statusWith(recipients, 'Set-ActiveSyncOrganizationSettings', settings)).toBe(403);
    expect(await statusWith(exchange, 'Set-ActiveSyncOrganizationSettings', settings)).toBe(200);
  });

  test('an administrator signs in with the module of Microsoft', async () => {
    const { username, password } = emulator.administrator;
    const token = await getToken(emulator, {
      grant_type: 'password',
      client_id: 'fb78d390-0c51-40cd-8e17-fdbfab77341b',
      username,
      password,
      scope: 'https://outlook.office365.com/.default',
    });
    const client = exchangeClientFor(emulator, token.body.access_token);
    expect(await client.run('Get-AcceptedDomain')).toHaveLength(1);
  });

  test('a token for Graph is not one for Exchange', async () => {
    const { appId, secret = '' } = emulator.control.addApplication({
      displayName: 'Other',
      permissions: ['User.Read.All'],
    });
    const form = { grant_type: 'client_credentials', client_id: appId, client_secret: secret };
    const token = await getToken(emulator, { ...form, scope: 'https://graph.microsoft.com/.default' });
    const { status, headers } = await exchangeClientFor(emulator, token.body.access_token).invoke('Get-Mailbox');
    expect(status).toBe(401);
    expect(headers.get('x-ms-diagnostics')).toContain('audience');
    const graph = clientFor(emulator.url, exchange.token);
    expect((await graph('GET', '/users')).status).toBe(401);
  });

  test('the cmdlets that somebody may run can be listed', async () => {
    const reader = await asking(['Exchange.ManageAsApp'], ['Global Reader']);
    const url = `${emulator.url}/adminapi/v1.0/${emulator.tenantId}/EXOModuleFile?Version=3.9.2`;
    const response = await fetch(url, { headers: { authorization: `Bearer ${reader.token}`, CommandName: '*' } });
    const { value } = (await response.json()) as { value: { exportedCmdlets: string[] }[] };
    expect(value[0]!.exportedCmdlets).toContain('Get-Mailbox');
    expect(value[0]!.exportedCmdlets).not.toContain('Set-Mailbox');
  });
});

describe('parameters', () => {
  test.each([
    ['unknown', 'Get-Mailbox', { Nonsense: 1 }, 'Invalid cmdlet parameters specified. Nonsense'],
    ['missing', 'Get-DistributionGroupMember', {}, 'missing mandatory parameters: Identity'],
    ['null where one is needed', 'Set-Mailbox', { Identity: null }, "parameter 'Identity' because it is null"],
    ['not to be combined', 'Get-MobileDevice', { Identity: 'a', Mailbox: 'b' }, 'Parameter set cannot be resolved'],
    ['that ask somebody to confirm', 'Remove-MobileDevice', { Identity: 'a' }, 'does not support user interaction'],
  ])('%s are refused', async (_, cmdlet, parameters, text) => {
    const answer = await exchange.invoke(cmdlet, parameters);
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'BadRequest', message: 'Invalid Operation' });
    expect(failureOf(answer).text).toContain(text);
    expect(answer.body.error.innererror.internalexception.message).toContain(text);
  });

  test('of a wrong type are told in the internal exception only', async () => {
    const answer = await exchange.invoke('Set-ActiveSyncOrganizationSettings', { DefaultAccessLevel: 'Perhaps' });
    expect(answer.status).toBe(400);
    expect(answer.body.error.details).toBeUndefined();
    expect(failureOf(answer)).toMatchObject({ type: expect.stringContaining('ParameterTransformationException') });
    expect(failureOf(answer).text).toContain("on parameter 'DefaultAccessLevel'");
  });

  test('common ones are taken by every cmdlet, and WhatIf changes nothing', async () => {
    await exchange.run('Get-AcceptedDomain', { ErrorAction: 'Stop', Verbose: true });
    await exchange.run('Set-Mailbox', { Identity: 'ada', Type: 'Shared', WhatIf: true });
    expect(await exchange.run('Get-Mailbox', { RecipientTypeDetails: ['SharedMailbox'] })).toEqual([]);
  });

  test('an empty identity gives everything', async () => {
    expect(await exchange.run('Get-Mailbox', { Identity: null })).toHaveLength(4);
  });
});

describe('a failure', () => {
  test('stands behind bars or in JSON', async () => {
    const missing = { Identity: 'nobody@contoso.onmicrosoft.com' };
    const type = 'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException';
    const piped = await exchange.invoke('Get-Mailbox', missing);
    expect(piped.body.error).toMatchObject({ code: 'NotFound', message: 'Error executing cmdlet' });
    expect(piped.body.error.details[0].message).toMatch(
      new RegExp(`^Ex[0-9A-F]+\\|${type}\\|The operation couldn't be performed because object 'nobody@`),
    );
    expect(piped.body.error.innererror.internalexception.message).toMatch(/^Exception of type/);
    emulator.control.change({ exchange: { errorText: 'json' } });
    const json = await exchange.invoke('Get-Mailbox', missing);
    expect(failureOf(json)).toEqual({ ...failureOf(piped), status: 404 });
    expect(JSON.parse(json.body.error.details[0].message)).toMatchObject({ TypeName: type, StackTrace: null });
  });

  test('can be planned for one cmdlet', async () => {
    const path = '/adminapi/beta/*/InvokeCommand/Get-AcceptedDomain';
    emulator.control.addFault({ path, answer: { status: 503, headers: { 'retry-after': '1' } } });
    expect((await exchange.invoke('Get-Mailbox')).status).toBe(200);
    expect((await exchange.invoke('Get-AcceptedDomain')).status).toBe(503);
    expect((await exchange.invoke('Get-AcceptedDomain')).status).toBe(200);
  });
});

describe('paging', () => {
  const small = { headers: { Prefer: 'odata.maxpagesize=3', 'connection-id': 'one' } };
  const next = async (answer: TestAnswer, connection = 'one'): Promise<TestAnswer> =>
    post(answer.body['@odata.nextLink'], cmdletInput('Get-Mailbox'), { ...small.headers, 'connection-id': connection });

  test('goes on by posting the same body to the link', async () => {
    const first = await exchange.invoke('Get-Mailbox', {}, small);
    expect(first.body.value).toHaveLength(3);
    const second = await next(first);
    expect(second.body.value).toHaveLength(1);
    expect(second.body['@odata.nextLink']).toBeUndefined();
    const link = first.body['@odata.nextLink'];
    const got = await fetch(link, { headers: { authorization: `Bearer ${exchange.token}`, ...small.headers } });
    expect(((await got.json()) as { value: unknown[] }).value).toEqual(second.body.value);
  });

  test('ends after half an hour, or at once', async () => {
    const first = await exchange.invoke('Get-Mailbox', {}, small);
    emulator.control.advanceClock(1801 * 1000);
    const late = await exchangeClientWith(emulator).then((client) =>
      fetch(first.body['@odata.nextLink'], {
        method: 'POST',
        body: cmdletInput('Get-Mailbox'),
        headers: { authorization: `Bearer ${client.token}` },
      }),
    );
    expect(late.status).toBe(400);
    expect(failureOf(await answerOf(late)).text).toContain('Expired or Invalid pagination request');
    emulator.control.change({ clockOffsetMs: 0, exchange: { pageTokenSeconds: 0 } });
    expect((await next(await exchange.invoke('Get-Mailbox', {}, small))).status).toBe(400);
  });

  test('can be bound to the connection', async () => {
    emulator.control.change({ exchange: { pagesBoundToConnection: true } });
    const first = await exchange.invoke('Get-Mailbox', {}, small);
    expect((await next(first, 'another')).status).toBe(400);
    expect((await next(first)).status).toBe(200);
  });

  test('ResultSize limits the answer with a warning, unless it is ignored', async () => {
    const { body } = await exchange.invoke('Get-Mailbox', { ResultSize: 2 });
    expect(body.value).toHaveLength(2);
    expect(body['@adminapi.warnings'][0]).toContain('ResultSize');
    expect(await exchange.run('Get-Mailbox', { ResultSize: 'Unlimited' })).toHaveLength(4);
    emulator.control.change({ exchange: { resultSize: 'ignored' } });
    expect(await exchange.run('Get-Mailbox', { ResultSize: 2 })).toHaveLength(4);
  });
});

describe('limits', () => {
  test('are told by headers and end in 429', async () => {
    const client = await exchangeClientWith(emulator);
    emulator.control.change({ throttling: { mode: 'real', retryAfter: 'computed' }, exchange: { rateLimit: 2 } });
    const first = await client.invoke('Get-AcceptedDomain');
    expect(first.headers.get('rate-limit-limit')).toBe('2');
    expect(first.headers.get('rate-limit-remaining')).toBe('1');
    await client.invoke('Get-AcceptedDomain');
    const refused = await client.invoke('Get-AcceptedDomain');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(200);
    emulator.control.advanceClock(301 * 1000);
    expect((await client.invoke('Get-AcceptedDomain')).status).toBe(200);
  });
});

describe('a batch', () => {
  const batchPath = (): string => `/adminapi/beta/${emulator.tenantId}/$batch`;
  const item = (id: string, cmdlet: string, parameters: object = {}): object => ({
    id,
    method: 'POST',
    url: `https://outlook.office365.com/adminapi/beta/${emulator.tenantId}/InvokeCommand`,
    headers: { 'X-CmdletName': cmdlet, Prefer: 'odata.maxpagesize=2' },
    body: JSON.parse(cmdletInput(cmdlet, parameters)),
  });
  const goingOn = { Prefer: 'odata.maxpagesize = 1000;odata.continue-on-error' };
  const send = async (
    requests: object[],
    headers: Record<string, string> = goingOn,
  ): Promise<Map<string, TestAnswer['body']>> => {
    const { status, body } = await post(batchPath(), JSON.stringify({ requests }), headers);
    expect(status).toBe(200);
    return new Map(body.responses.map((response: { id: string }) => [response.id, response]));
  };

  test('runs every item with its own headers and failures', async () => {
    const answers = await send([
      item('1', 'Get-Mailbox'),
      item('2', 'Get-Mailbox', { Identity: 'nobody' }),
      item('3', 'Get-Nonsense'),
      item('4', 'Get-AcceptedDomain'),
    ]);
    expect(answers.get('1').body.value).toHaveLength(2);
    expect(answers.get('1').body['@odata.nextLink']).toContain('skiptoken');
    expect(answers.get('2')).toMatchObject({ status: 404, body: { error: { code: 'NotFound' } } });
    expect(answers.get('3')).toEqual({ id: '3', status: 403, headers: { 'Content-Type': 'application/json' } });
    expect(answers.get('4').status).toBe(200);
    expect(emulator.control.requests({ status: 404 }).at(-1)?.batchItemId).toBe('2');
  });

  test('stops at the first failure without the preference to go on', async () => {
    const answers = await send([item('1', 'Get-Mailbox', { Identity: 'nobody' }), item('2', 'Get-AcceptedDomain')], {});
    expect(answers.get('2').status).toBe(424);
  });

  test('shows planned faults of single cmdlets', async () => {
    const path = '/adminapi/beta/*/InvokeCommand/Get-AcceptedDomain';
    emulator.control.addFault({ path, answer: { status: 429, headers: { 'retry-after': '7' }, body: {} } });
    const answers = await send([item('1', 'Get-AcceptedDomain'), item('2', 'Get-AcceptedDomain')]);
    expect(answers.get('1')).toMatchObject({ status: 429, headers: { 'Retry-After': '7' } });
    expect(answers.get('2').status).toBe(200);
  });

  test('is refused as a whole without requests or with an id twice', async () => {
    expect((await post(batchPath(), '{}')).status).toBe(400);
    const twice = { requests: [item('a', 'Get-Mailbox'), item('A', 'Get-Mailbox')] };
    expect((await post(batchPath(), JSON.stringify(twice))).status).toBe(400);
  });
});

describe('reading by GET', () => {
  test('gives a mailbox by its key, or the whole set', async () => {
    const get = async (set: string): Promise<TestAnswer> => {
      const headers = { authorization: `Bearer ${exchange.token}` };
      return answerOf(await fetch(`${emulator.url}/adminapi/beta/${emulator.tenantId}/${set}`, { headers }));
    };
    expect((await get("Mailbox('ada@contoso.onmicrosoft.com')")).body.value).toHaveLength(1);
    expect((await get('CasMailbox?$select=Alias')).body.value).toHaveLength(4);
    expect((await get('Nonsense')).status).toBe(404);
  });
});

describe('the admin API v2.0', () => {
  let v2: ExchangeClient;
  beforeAll(async () => {
    v2 = await exchangeClientWith(emulator, {
      permissions: ['Exchange.ManageAsAppV2'],
      roles: ['Exchange Administrator'],
    });
  });
  const call = (endpoint: string, cmdlet: string, parameters: object = {}, token = v2.token): Promise<TestAnswer> =>
    post(`/adminapi/v2.0/${emulator.tenantId}/${endpoint}`, cmdletInput(cmdlet, parameters), {
      authorization: `Bearer ${token}`,
      'X-AnchorMailbox': 'UPN:admin@contoso.onmicrosoft.com',
    });

  test('runs the cmdlets of each endpoint and no others', async () => {
    expect((await call('AcceptedDomain', 'Get-AcceptedDomain')).body.value).toHaveLength(1);
    expect((await call('OrganizationConfig', 'Get-OrganizationConfig')).status).toBe(200);
    expect((await call('AcceptedDomain', 'Get-Mailbox')).status).toBe(400);
    expect((await call('Mailbox', 'Set-Mailbox', { Identity: 'ada', Type: 'Shared' })).status).toBe(400);
    expect((await call('Nonsense', 'Get-Mailbox')).status).toBe(404);
  });

  test('takes its own permission only, and wants an anchor', async () => {
    expect((await call('AcceptedDomain', 'Get-AcceptedDomain', {}, exchange.token)).status).toBe(401);
    const path = `/adminapi/v2.0/${emulator.tenantId}/AcceptedDomain`;
    const headers = { authorization: `Bearer ${v2.token}` };
    expect((await post(path, cmdletInput('Get-AcceptedDomain'), headers)).status).toBe(400);
  });

  test('pages by ResultSize', async () => {
    const first = await call('Mailbox', 'Get-Mailbox', { ResultSize: 3 });
    expect(first.body.value).toHaveLength(3);
    const headers = { authorization: `Bearer ${v2.token}`, 'X-AnchorMailbox': 'UPN:a' };
    const second = await post(first.body['@odata.nextLink'], cmdletInput('Get-Mailbox', { ResultSize: 3 }), headers);
    expect(second.body.value).toHaveLength(1);
  });

  test('keeps who may send on behalf, and permissions of folders', async () => {
    const GrantSendOnBehalfTo = { '@odata.type': '#Exchange.GenericHashTable', add: ['grace@contoso.onmicrosoft.com'] };
    expect((await call('Mailbox', 'Set-Mailbox', { Identity: 'ada', GrantSendOnBehalfTo })).status).toBe(200);
    const shown = await call('Mailbox', 'Get-Mailbox', {
      Identity: 'ada',
      IncludeGrantSendOnBehalfToWithDisplayNames: true,
    });
    expect(shown.body.value[0].GrantSendOnBehalfToWithDisplayNames[0]).toMatch(/,grace$/);
    const folder = { Identity: 'ada@contoso.onmicrosoft.com:\\Calendar' };
    const add = { ...folder, User: 'grace', AccessRights: ['Reviewer'] };
    expect((await call('MailboxFolderPermission', 'Add-MailboxFolderPermission', add)).status).toBe(200);
    expect((await call('MailboxFolderPermission', 'Add-MailboxFolderPermission', add)).status).toBe(400);
    const rows = (await call('MailboxFolderPermission', 'Get-MailboxFolderPermission', folder)).body.value;
    expect(rows.map(({ User, AccessRights }: TestAnswer['body']) => [User, AccessRights[0]])).toEqual([
      ['Default', 'AvailabilityOnly'],
      ['Anonymous', 'None'],
      ['grace', 'Reviewer'],
    ]);
    const remove = { ...folder, User: 'grace', Confirm: false };
    expect((await call('MailboxFolderPermission', 'Remove-MailboxFolderPermission', remove)).status).toBe(200);
  });

  test('is not there in an organization without the preview', async () => {
    emulator.control.change({ exchange: { adminApiV2: false } });
    expect((await call('AcceptedDomain', 'Get-AcceptedDomain')).status).toBe(404);
  });
});
