import { ManualClock, silentLogger } from '@isthmus/kernel';
import { expect, test } from 'vitest';
import { type Channel, type HttpAnswer, type HttpRequest, NetworkFailure } from '../http/HttpChannel.ts';
import { FakeTokens } from '../testing/fakeTransport.ts';
import { HurriedTimer } from '../testing/ManualTimer.ts';
import { ExchangeTransport } from './ExchangeTransport.ts';

const tenantId = '11111111-2222-4333-8444-555555555555';
const call = { cmdlet: 'Get-Mailbox', parameters: { Identity: 'ada' }, purpose: 'read the mailbox' };
const options = { lane: 'interactive' } as const;

type Reply = Partial<HttpAnswer> | Error;

/** Answers in turn; the last one again and again. */
function transportAnswering(...replies: readonly Reply[]) {
  const sent: HttpRequest[] = [];
  const channel: Channel = {
    send: (request) => {
      sent.push(request);
      const reply = replies[Math.min(sent.length, replies.length) - 1] ?? {};
      if (reply instanceof Error) return Promise.reject(reply);
      return Promise.resolve({ status: 200, headers: {}, text: '{"value":[]}', ...reply });
    },
    close: () => Promise.resolve(),
  };
  const clock = new ManualClock(new Date('2030-01-01T00:00:00Z'));
  const timer = new HurriedTimer(clock);
  const transport = new ExchangeTransport({
    exchangeUrl: 'https://outlook.office365.com',
    tenantId,
    channel,
    tokens: new FakeTokens(),
    clock,
    timer,
    logger: silentLogger,
    random: () => 0,
  });
  return { sent, transport };
}

const notFound = {
  error: {
    message: 'Error executing cmdlet',
    details: [
      { message: "Ex1|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|It couldn't be found." },
    ],
    innererror: { internalexception: { message: "Exception of type 'X' was thrown." } },
  },
};

test('a cmdlet goes to the admin API of the tenant, and every page is fetched with the same body', async () => {
  const next = `https://outlook.office365.com/adminapi/beta/${tenantId}/InvokeCommand?$skiptoken=1`;
  const { sent, transport } = transportAnswering(
    { text: JSON.stringify({ value: [{ Name: 'ada' }], '@odata.nextLink': next }) },
    { text: '{"value":[{"Name":"grace"}]}' },
  );
  expect(await transport.run(call, options)).toEqual([{ Name: 'ada' }, { Name: 'grace' }]);
  expect(sent[0]?.url).toBe(`https://outlook.office365.com/adminapi/beta/${tenantId}/InvokeCommand`);
  expect(sent[1]).toMatchObject({ url: next, body: sent[0]?.body });
  expect(JSON.parse(sent[0]?.body ?? '')).toEqual({
    CmdletInput: { CmdletName: 'Get-Mailbox', Parameters: { Identity: 'ada' } },
  });
});

test('a call is sent on to the region of the tenant without the port behind the gateway, and nowhere else', async () => {
  const region = { status: 302, headers: { location: 'https://eur01b.outlook.com:446/adminapi/beta/x/InvokeCommand' } };
  const there = transportAnswering(region, {});
  await there.transport.run(call, options);
  expect(there.sent[1]?.url).toBe('https://eur01b.outlook.com/adminapi/beta/x/InvokeCommand');
  const strange = { status: 302, headers: { location: 'https://outlook.com.attacker.example/' } };
  const { sent, transport } = transportAnswering(strange, {});
  await expect(transport.run(call, options)).rejects.toThrow('another host');
  expect(sent).toHaveLength(1);
});

test.each<[string, Reply]>([
  ['it is told to wait', { status: 429, headers: { 'retry-after': '1' } }],
  ['the gateway has no server', { status: 503 }],
  ['the connection breaks', new NetworkFailure('perhaps', 'ECONNRESET', undefined)],
])('a call is repeated when %s', async (_name, trouble) => {
  const { sent, transport } = transportAnswering(trouble, {});
  expect(await transport.run(call, options)).toEqual([]);
  expect(sent).toHaveLength(2);
});

test('500 is the answer of a cmdlet that failed, and not repeated', async () => {
  const { sent, transport } = transportAnswering({ status: 500, text: JSON.stringify(notFound) });
  await expect(transport.run(call, options)).rejects.toMatchObject({ code: 'online.mailbox-missing' });
  expect(sent).toHaveLength(1);
});

test.each<[string, number, string, string]>([
  ['the text in pipes', 404, JSON.stringify(notFound), 'online.mailbox-missing'],
  [
    'the text as JSON',
    400,
    JSON.stringify({
      error: {
        message: '',
        details: [
          {
            message: JSON.stringify({
              Message: 'The proxy address "SMTP:a@b" is already being used by the proxy addresses of "Ada".',
              TypeName: 'Microsoft.Exchange.Management.Tasks.WLCDManagedMemberExistsException',
            }),
          },
        ],
      },
    }),
    'online.address-taken',
  ],
  ['no text at all for want of a role', 403, '\u0000\u0000\u0000', 'online.not-permitted'],
  ['a refused token', 401, '', 'online.not-permitted'],
  ['something new', 400, JSON.stringify({ error: { message: 'Invalid Operation' } }), 'online.failed'],
])('a refusal is understood with %s', async (_name, status, text, code) => {
  const { transport } = transportAnswering({ status, text });
  await expect(transport.run(call, options)).rejects.toMatchObject({ code });
});
