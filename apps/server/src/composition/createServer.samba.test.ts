import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ManualClock, silentLogger } from '@isthmus/kernel';
import { type SambaDomainController, type SeededPerson, startTestDomainController } from '@isthmus/sandbox';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Configuration, configurationSchema } from '../config/Configuration.ts';
import { createServer, type RunningServer } from './createServer.ts';
import { ApiCaller } from './testing/ApiCaller.ts';

let controller: SambaDomainController;
let folder: string;
let bindPasswordFile: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-server-'));
  controller = await startTestDomainController('contoso-small');
  bindPasswordFile = join(folder, 'bind-password');
  await writeFile(bindPasswordFile, `${person('serviceAccount').password}\n`, { mode: 0o600 });
});
afterAll(async () => {
  await controller.stop();
  await rm(folder, { recursive: true, force: true });
});

const cloud = { kind: 'custom', loginUrl: 'https://127.0.0.1:9', graphUrl: 'https://127.0.0.1:9' };
function configuration(dataFolder: string, more: object = {}): Configuration {
  const common = { dataFolder: join(folder, dataFolder), listen: { host: '127.0.0.1', port: 0 }, cloud };
  return configurationSchema.parse({ ...common, ...more });
}

function person(name: 'dashboardAdministrator' | 'helpDeskMember' | 'serviceAccount'): Required<SeededPerson> {
  const found = controller.guide[name];
  if (found?.password === undefined) throw new TypeError(`The world has no ${name}`);
  return { ...found, password: found.password };
}
const inGuide = (userName: string) => controller.guide.people.find((each) => each.userName === userName);
const caOf = (dataFolder: string) => readFile(join(folder, dataFolder, 'tls', 'ca.pem'), 'utf8');

describe('a server with a directory in its configuration', () => {
  const clock = new ManualClock(new Date());
  let server: RunningServer;
  let api: ApiCaller;
  let ada: ApiCaller;
  const signIn = (userName: string, password: string, kind: 'token' | 'browser' = 'token') =>
    api.post('/session', { userName, password, kind });

  beforeAll(async () => {
    const directory = {
      urls: [controller.ldapsUrl],
      caFile: controller.caFile,
      bindDn: person('serviceAccount').dn,
      bindPasswordFile,
      managedOu: controller.guide.managedOu,
      administratorsGroup: controller.guide.administratorsGroup,
      helpDeskGroup: controller.guide.helpDeskGroup,
    };
    server = await createServer(configuration('configured', { directory }), { logger: silentLogger, clock });
    api = new ApiCaller(server.url, await caOf('configured'));
  });
  afterAll(() => server.stop());

  it('prints no set-up code and keeps the set-up page closed', async () => {
    expect(server.setUpCode).toBeUndefined();
    expect((await api.get('/setup')).body).toEqual({ state: 'done', source: 'configuration' });
    expect((await api.post('/setup/discover', { code: 'X', domainName: 'corp.test' })).body).toMatchObject({
      code: 'setup.already-done',
    });
  });

  it('signs an administrator in by every spelling of the name', async () => {
    const { userName, userPrincipalName, password } = person('dashboardAdministrator');
    for (const name of [userName, userPrincipalName, `${controller.domain}\\${userName}`, ` ${userName} `]) {
      const answer = await signIn(name, password);
      expect([name, answer.status]).toEqual([name, 201]);
      expect(answer.body['session']).toMatchObject({ userName, role: 'administrator', current: true });
      ada = api.as(String(answer.body['token']));
    }
    const session = await ada.get('/session');
    expect(session.body['session']).toMatchObject({ userName, kind: 'token' });
  });

  it('gives a browser a cookie instead of a token, and ends it at sign-out', async () => {
    const { userName, password } = person('helpDeskMember');
    const answer = await signIn(userName, password, 'browser');
    expect(answer.body).not.toHaveProperty('token');
    expect(answer.body['session']).toMatchObject({ role: 'help-desk' });
    const browser = api.withCookie(answer.cookie ?? '');
    expect((await browser.get('/sessions')).body).toMatchObject({ total: 1 });
    expect((await browser.delete('/session')).status).toBe(204);
    expect((await browser.get('/sessions')).body).toMatchObject({ code: 'session.required' });
    expect((await browser.get('/session')).body).toMatchObject({ session: null });
  });

  it('tells each reason for a refusal, and who may not is told so', async () => {
    const ordinary = inGuide('maria.lopez');
    expect((await signIn('maria.lopez', ordinary?.password ?? '')).body).toMatchObject({ code: 'session.not-allowed' });
    expect((await signIn('maria.lopez', 'wrong')).body).toMatchObject({ code: 'session.wrong-name-or-password' });
    expect((await signIn('nobody.here', 'wrong')).body).toMatchObject({ code: 'session.wrong-name-or-password' });
    const inactive = controller.guide.people.filter((each) => each.password !== undefined);
    const outcomes = new Set<unknown>();
    for (const each of inactive) outcomes.add((await signIn(each.userName, each.password ?? '')).body['code'] ?? 'ok');
    expect(outcomes).toContain('session.account-disabled');
    expect(outcomes).toContain('session.account-expired');
  });

  it('does not try any more passwords before the directory would lock the account', async () => {
    await controller.exec(['samba-tool', 'domain', 'passwordsettings', 'set', '--account-lockout-threshold=5']);
    const codes: unknown[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) {
      codes.push((await signIn('olga.petrova', `wrong ${attempt}`)).body['code']);
    }
    expect(codes.filter((code) => code === 'session.too-many-attempts').length).toBeGreaterThanOrEqual(5);
    const right = await signIn('olga.petrova', inGuide('olga.petrova')?.password ?? '');
    expect(right.body).toMatchObject({ status: 429, code: 'session.too-many-attempts' });
    clock.advance(31 * 60_000);
    // Not locked: after the pause the directory is asked again and knows the password.
    const later = await signIn('olga.petrova', inGuide('olga.petrova')?.password ?? '');
    expect(later.body).toMatchObject({ code: 'session.not-allowed' });
  });

  it('records sign-ins without what was typed', async () => {
    const entries = await ada.get('/audit?limit=100');
    const text = JSON.stringify(entries.body);
    expect(text).toContain('Signed in as administrator');
    expect(text).toContain('(unknown name)');
    expect(text).not.toContain('nobody.here');
    expect((await ada.post('/audit/verify')).body).toMatchObject({ intact: true });
  });

  it('ends the sessions of somebody who is no longer an administrator', async () => {
    const { userName, password } = person('dashboardAdministrator');
    const mine = api.as(String((await signIn(userName, password)).body['token']));
    const group = controller.guide.administratorsGroup?.split(',')[0]?.slice(3) ?? '';
    await controller.exec(['samba-tool', 'group', 'removemembers', group, userName]);
    clock.advance(4 * 60_000);
    expect((await mine.get('/audit')).body).toMatchObject({ code: 'session.required' });
    await controller.exec(['samba-tool', 'group', 'addmembers', group, userName]);
    expect((await signIn(userName, password)).status).toBe(201);
  });
});

describe('a server without a directory', { timeout: 240_000 }, () => {
  const running = new Set<RunningServer>();
  async function start(settings: Configuration): Promise<RunningServer> {
    const server = await createServer(settings, { logger: silentLogger });
    running.add(server);
    return server;
  }
  async function stop(server: RunningServer): Promise<void> {
    running.delete(server);
    await server.stop();
  }
  afterEach(() => Promise.all([...running].map(stop)));

  it('is set up with the code it printed, and remembers the directory', async () => {
    const settings = configuration('fresh');
    const server = await start(settings);
    const api = new ApiCaller(server.url, await caOf('fresh'));
    const code = server.setUpCode?.reveal() ?? '';
    expect(code).toMatch(/^[A-Z2-9]{4}(-[A-Z2-9]{4}){2}$/);
    const { userName, password } = person('dashboardAdministrator');
    expect((await api.post('/session', { userName, password })).body).toMatchObject({ code: 'session.not-set-up' });
    const { host, port } = { host: '127.0.0.1', port: controller.ports.ldaps };
    const wrong = await api.post('/setup/certificate', { code: 'AAAA-BBBB-CCCC', host, port });
    expect(wrong.body).toMatchObject({ status: 403, code: 'setup.wrong-code' });

    const { chain } = (await api.post('/setup/certificate', { code: code.toLowerCase(), host, port }))
      .body as unknown as { chain: { pem: string; fingerprint: string }[] };
    const shown = chain.at(-1);
    const connection = {
      domainName: controller.realm.toLowerCase(),
      servers: [host],
      port,
      caPem: shown?.pem,
      caFingerprint: shown?.fingerprint,
      bindName: person('serviceAccount').userPrincipalName,
      bindPassword: person('serviceAccount').password,
      managedOu: controller.guide.managedOu,
      administratorsGroup: controller.guide.administratorsGroup?.split(',')[0]?.slice(3),
    };
    const swapped = { ...connection, caFingerprint: 'AA:BB' };
    expect((await api.post('/setup/test', { code, connection: swapped })).body).toMatchObject({
      checks: [{ id: 'certificate', state: 'failed' }],
    });
    const noGroup = { ...connection, administratorsGroup: 'No Such Group' };
    const refused = await api.post('/setup/connect', { code, connection: noGroup });
    expect(JSON.stringify(refused.body)).toContain('There is no group No Such Group');
    expect((await api.get('/setup')).body).toMatchObject({ state: 'open' });

    const connected = (await api.post('/setup/connect', { code, connection })).body as unknown as {
      checks: { id: string; state: string }[];
    };
    expect(connected.checks.filter(({ state }) => state === 'failed')).toEqual([]);
    expect(connected.checks.map(({ id }) => id)).toContain('right-reset-passwords');
    expect((await api.post('/setup/connect', { code, connection })).body).toMatchObject({ code: 'setup.already-done' });
    expect((await api.post('/session', { userName, password })).status).toBe(201);
    await stop(server);

    const again = await start(settings);
    expect(again.setUpCode).toBeUndefined();
    const later = new ApiCaller(again.url, await caOf('fresh'));
    expect((await later.post('/session', { userName, password })).status).toBe(201);
    await stop(again);
  });

  it('starts also when its directory is down, and says so at sign-in', async () => {
    const directory = {
      urls: ['ldaps://127.0.0.1:9'],
      caFile: controller.caFile,
      bindDn: 'CN=x',
      bindPasswordFile,
      managedOu: 'OU=x',
      administratorsGroup: 'CN=x',
    };
    const server = await start(configuration('down', { directory }));
    const api = new ApiCaller(server.url, await caOf('down'));
    const answer = await api.post('/session', { userName: 'ada', password: 'x' });
    expect(answer.body).toMatchObject({ status: 503, code: 'session.directory-unreachable' });
    await stop(server);
  });
});
