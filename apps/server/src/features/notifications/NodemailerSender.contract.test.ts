import { createServer, type Server } from 'node:net';
import { inspect } from 'node:util';
import { Secret } from '@isthmus/kernel';
import { afterEach, expect, test } from 'vitest';
import type { MailMessage, MailServer } from './MailSender.ts';
import { NodemailerSender } from './NodemailerSender.ts';
import { decodeMail } from './testing/decodeMail.ts';
import { type MailServerOptions, startMailServer, type TestMailServer } from './testing/startMailServer.ts';

const QUICK = { connectMs: 400, silenceMs: 400 };
const account = { user: 'isthmus', password: 'Heron-7-Quarry' };
const signIn = { user: account.user, password: new Secret(account.password) };
const message: MailMessage = {
  messageId: '<one@contoso.test>',
  from: 'isthmus@contoso.test',
  to: ['ada@contoso.test', 'ben@contoso.test'],
  subject: '[Contoso] Critical: Schlüssel',
  text: 'Zoë was here.\n',
  html: '<p>Zoë was here.</p>',
};

const running: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

async function start(options: MailServerOptions): Promise<TestMailServer> {
  const server = await startMailServer(options);
  running.push(server.stop);
  return server;
}

const serverAt = (port: number, more: Partial<MailServer> = {}): MailServer => ({
  host: '127.0.0.1',
  port,
  encryption: 'none',
  signIn: undefined,
  ...more,
});

/** Whoever listens there is no mail server, or says nothing at all. */
async function listen(greeting: string | undefined): Promise<number> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (greeting !== undefined) socket.write(greeting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  running.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.address() as { port: number }).port;
}

test.each(['tls', 'starttls', 'none'] as const)('a message arrives as it was written, by %s', async (encryption) => {
  const mail = await start({ encryption, signIn: account });
  const sender = new NodemailerSender(mail.caFile, QUICK);
  const server = serverAt(mail.port, { encryption, signIn });
  await sender.check(server);
  expect(await sender.send(server, message)).toEqual([]);
  expect(mail.received).toMatchObject([
    { from: message.from, to: message.to, user: 'isthmus', encrypted: encryption !== 'none' },
  ]);
  expect(decodeMail(mail.received[0]?.raw ?? '')).toMatchObject({
    subject: message.subject,
    messageId: message.messageId,
    text: message.text.trim(),
    html: message.html,
    headers: expect.stringContaining('Auto-Submitted: auto-generated'),
  });
});

test('a server that wants no sign-in gets none; it may be called by its name', async () => {
  const mail = await start({ encryption: 'none' });
  await new NodemailerSender(undefined, QUICK).send(serverAt(mail.port, { host: 'localhost' }), message);
  expect(mail.received).toMatchObject([{ user: undefined }]);
});

test('who is refused is told while the others get it; nobody left is a failure', async () => {
  const mail = await start({ encryption: 'none' });
  const sender = new NodemailerSender(undefined, QUICK);
  mail.refusals.rcptTo.set('ben@contoso.test', '550 No such user');
  expect(await sender.send(serverAt(mail.port), message)).toEqual(['ben@contoso.test']);
  expect(mail.received).toMatchObject([{ to: ['ada@contoso.test'] }]);
  mail.refusals.rcptTo.set('ada@contoso.test', '550 No such user');
  await expect(sender.send(serverAt(mail.port), message)).rejects.toMatchObject({
    code: 'notifications.recipient-refused',
    field: 'recipients',
    message: expect.stringMatching(/ada@contoso\.test, ben@contoso\.test.*No such user/),
  });
});

test.each(['tls', 'starttls'] as const)(
  'a certificate of an authority nobody knows is refused, by %s',
  async (encryption) => {
    const mail = await start({ encryption });
    await expect(
      new NodemailerSender(undefined, QUICK).check(serverAt(mail.port, { encryption })),
    ).rejects.toMatchObject({
      code: 'notifications.certificate-not-trusted',
      remedy: expect.stringContaining('mail.caFile'),
    });
  },
);

test.each(['tls', 'starttls'] as const)('a certificate for another name is refused, by %s', async (encryption) => {
  const mail = await start({ encryption, names: ['mail.fabrikam.test'] });
  await expect(
    new NodemailerSender(mail.caFile, QUICK).check(serverAt(mail.port, { encryption })),
  ).rejects.toMatchObject({ code: 'notifications.certificate-not-trusted' });
});

test('what cannot be encrypted as demanded is not sent', async () => {
  const plain = await start({ encryption: 'none', signIn: account });
  const sender = new NodemailerSender(plain.caFile, QUICK);
  for (const encryption of ['tls', 'starttls'] as const) {
    await expect(sender.send(serverAt(plain.port, { encryption, signIn }), message)).rejects.toMatchObject({
      code: 'notifications.not-encrypted',
      field: 'encryption',
    });
  }
  expect(plain.received).toEqual([]);
});

test('a wrong password is told without it, even when the server says it again', async () => {
  const mail = await start({ encryption: 'starttls', signIn: account });
  const wrong = { user: 'isthmus', password: new Secret('Wrong-1-Password') };
  const sender = new NodemailerSender(mail.caFile, QUICK);
  const error: unknown = await sender
    .check(serverAt(mail.port, { encryption: 'starttls', signIn: wrong }))
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'notifications.sign-in-refused', field: 'password' });
  expect((error as Error).message).toContain('(535)');
  expect(inspect(error, { depth: 10 })).not.toContain('Wrong-1-Password');
});

test('a server that wants a sign-in first says so', async () => {
  const mail = await start({ encryption: 'starttls', signIn: account });
  const server = serverAt(mail.port, { encryption: 'starttls' });
  await expect(new NodemailerSender(mail.caFile, QUICK).send(server, message)).rejects.toMatchObject({
    code: 'notifications.sign-in-needed',
    field: 'user',
  });
});

test('a sender or a message that is not taken is told in the words of the server', async () => {
  const mail = await start({ encryption: 'none' });
  const sender = new NodemailerSender(undefined, QUICK);
  mail.refusals.mailFrom = '553 Not your address';
  await expect(sender.send(serverAt(mail.port), message)).rejects.toMatchObject({
    code: 'notifications.sender-refused',
    field: 'from',
    message: expect.stringContaining('Not your address'),
  });
  mail.refusals.mailFrom = undefined;
  mail.refusals.data = '552 Looks like spam';
  await expect(sender.send(serverAt(mail.port), message)).rejects.toMatchObject({
    code: 'notifications.message-refused',
    message: expect.stringContaining('Looks like spam'),
  });
});

test('a name that does not exist, a port nobody listens at, something else behind it', async () => {
  const sender = new NodemailerSender(undefined, QUICK);
  await expect(sender.check(serverAt(25, { host: 'mail.nowhere.invalid' }))).rejects.toMatchObject({
    code: 'notifications.server-not-found',
  });
  await expect(sender.check(serverAt(1))).rejects.toMatchObject({ code: 'notifications.connection-refused' });
  await expect(sender.check(serverAt(await listen('SSH-2.0-OpenSSH_9.2\r\n')))).rejects.toMatchObject({
    code: 'notifications.not-a-mail-server',
  });
});

test('a server that says nothing, at once or in the middle, is not waited for', async () => {
  const sender = new NodemailerSender(undefined, QUICK);
  await expect(sender.check(serverAt(await listen(undefined)))).rejects.toMatchObject({
    code: 'notifications.timed-out',
    retryable: true,
  });
  const mail = await start({ encryption: 'none' });
  mail.refusals.rcptTo.set('ada@contoso.test', 'silence');
  await expect(sender.send(serverAt(mail.port), message)).rejects.toMatchObject({ code: 'notifications.timed-out' });
});

test('a file of authorities that cannot be read is named', async () => {
  const sender = new NodemailerSender('/nowhere/ca.pem', QUICK);
  await expect(sender.check(serverAt(1))).rejects.toMatchObject({
    code: 'notifications.authority-unreadable',
    message: expect.stringContaining('/nowhere/ca.pem'),
  });
});
