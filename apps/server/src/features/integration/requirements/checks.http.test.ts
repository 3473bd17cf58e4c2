import type { Directory, DirectoryInfo, RightCheck } from '@isthmus/directory';
import { DomainError, ManualClock } from '@isthmus/kernel';
import type { CloudEndpoints } from '@isthmus/microsoft365';
import { type Emulator, startEmulator } from 'microsoft365-emulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SettingStore } from '../../../storage/SettingStore.ts';
import { checkCloud } from './checkCloud.ts';
import { checkDirectory } from './checkDirectory.ts';
import { checkServer } from './checkServer.ts';
import type { RequirementParts } from './RequirementParts.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

function parts(changes: Partial<RequirementParts> = {}): RequirementParts {
  const endpoints: CloudEndpoints = {
    name: 'custom',
    loginUrl: emulator.url,
    graphUrl: emulator.url,
    exchangeUrl: emulator.url,
    caPem: emulator.caPem,
  };
  return {
    clock: { now: () => new Date() },
    settings: settingsWith({}),
    findDirectory: () => undefined,
    managedOu: () => 'OU=Staff',
    endpoints,
    findServerCertificate: async () => undefined,
    ...changes,
  };
}

function settingsWith(values: Readonly<Record<string, object>>): SettingStore {
  return {
    find: async (name, schema) => (values[name] === undefined ? undefined : (schema.parse(values[name]) as never)),
    put: async () => undefined,
    remove: async () => undefined,
  };
}

async function states(checks: Promise<{ readonly id: string; readonly state: string }[]>) {
  return Object.fromEntries((await checks).map((check) => [check.id, check.state]));
}

describe('the way to Microsoft 365', () => {
  test('is open, trusted and in time', async () => {
    expect(await states(checkCloud(parts()))).toEqual({
      'login-reachable': 'passed',
      'graph-reachable': 'passed',
      'exchange-reachable': 'passed',
      'cloud-tls': 'passed',
      'cloud-clock': 'passed',
    });
  });

  test('shows a clock that is wrong', async () => {
    const minute = new ManualClock(new Date(Date.now() - 60_000));
    const hour = new ManualClock(new Date(Date.now() + 3_600_000));
    expect((await states(checkCloud(parts({ clock: minute }))))['cloud-clock']).toBe('warning');
    expect((await states(checkCloud(parts({ clock: hour }))))['cloud-clock']).toBe('failed');
  });

  test('shows a certificate that nobody vouches for', async () => {
    const { caPem: _, ...endpoints } = parts().endpoints;
    expect(await states(checkCloud(parts({ endpoints })))).toMatchObject({
      'login-reachable': 'failed',
      'cloud-tls': 'failed',
      'cloud-clock': 'unknown',
    });
  });

  test('shows a server that does not answer, with what to do', async () => {
    const endpoints = { ...parts().endpoints, graphUrl: 'https://127.0.0.1:9' };
    const graph = (await checkCloud(parts({ endpoints }))).find((check) => check.id === 'graph-reachable');
    expect(graph).toMatchObject({ state: 'failed', remedy: expect.stringContaining('443') });
    const withoutExchange = { ...parts().endpoints, exchangeUrl: 'https://127.0.0.1:9' };
    expect((await states(checkCloud(parts({ endpoints: withoutExchange }))))['exchange-reachable']).toBe('warning');
  });
});

describe('the directory', () => {
  const info: DirectoryInfo = {
    dcHostName: 'dc1.corp.test',
    vendor: 'samba',
    baseDn: 'DC=corp,DC=test',
    domainName: 'corp.test',
    netbiosName: 'CORP',
    upnSuffixes: ['corp.test'],
    clockSkewMs: 200,
    domainControllers: ['dc1.corp.test', 'dc2.corp.test'],
    passwordPolicy: {
      minimumLength: 7,
      complexity: true,
      historyLength: 24,
      minimumAgeDays: 1,
      maximumAgeDays: 42,
      lockoutThreshold: 0,
      lockoutMinutes: 30,
      lockoutWindowMinutes: 30,
    },
  };
  const right: RightCheck = {
    right: 'reset-passwords',
    granted: true,
    evidence: '',
    commands: { samba: ['samba-tool grant'], windows: ['dsacls grant'] },
  };
  const directory = (found: Partial<DirectoryInfo>, rights: readonly RightCheck[] = [right]) =>
    parts({
      findDirectory: () =>
        ({ info: async () => ({ ...info, ...found }), checkRights: async () => rights }) as unknown as Directory,
    });

  test('passes with two controllers, the same time and all rights', async () => {
    expect(new Set(Object.values(await states(checkDirectory(directory({})))))).toEqual(new Set(['passed']));
  });

  test('prints the commands for a right that is missing', async () => {
    const missing = { ...right, granted: false, evidence: 'Insufficient access' };
    const checks = await checkDirectory(directory({}, [right, missing]));
    expect(checks.find((check) => check.id === 'directory-writable')).toMatchObject({
      state: 'failed',
      detail: 'reset-passwords: Insufficient access',
      commands: [{ command: 'samba-tool grant' }, { command: 'dsacls grant' }],
    });
  });

  test('is fine with one controller, and warns', async () => {
    const found = await states(
      checkDirectory(directory({ domainControllers: ['dc1.corp.test'], clockSkewMs: 400_000 })),
    );
    expect(found).toMatchObject({ 'domain-controllers': 'warning', 'directory-clock': 'failed' });
  });

  test('that does not answer leaves the rest unknown, not wrong', async () => {
    const away = parts({
      findDirectory: () =>
        ({
          info: async () => {
            throw new DomainError({ code: 'directory.unreachable', message: 'Nobody answers.', remedy: 'Start one.' });
          },
          checkRights: async () => [],
        }) as unknown as Directory,
    });
    expect(await states(checkDirectory(away))).toMatchObject({
      'directory-reachable': 'failed',
      'directory-writable': 'unknown',
      'directory-clock': 'unknown',
    });
    expect(new Set(Object.values(await states(checkDirectory(parts()))))).toEqual(new Set(['failed']));
  });
});

test('this server tells of its agent and of its certificate', async () => {
  const seenAt = new Date().toISOString();
  const report = { capture: 'ready', detail: 'Captures on dc1', seenAt };
  expect(await states(checkServer(parts()))).toMatchObject({
    'password-capture': 'warning',
    'server-certificate': 'unknown',
  });
  const inDays = (days: number) => async () => ({
    subject: 'CN=isthmus',
    expiresAt: new Date(Date.now() + days * 86_400_000),
    ownAuthority: false,
  });
  const good = parts({ settings: settingsWith({ 'password-capture': report }), findServerCertificate: inDays(90) });
  expect(await states(checkServer(good))).toMatchObject({
    'password-capture': 'passed',
    'server-certificate': 'passed',
  });
  const old = { ...report, seenAt: new Date(Date.now() - 3_600_000).toISOString() };
  const bad = parts({ settings: settingsWith({ 'password-capture': old }), findServerCertificate: inDays(3) });
  expect(await states(checkServer(bad))).toMatchObject({
    'password-capture': 'warning',
    'server-certificate': 'warning',
  });
});

test('no agent is missed where Windows hands out no passwords; one that reports is heard all the same', async () => {
  const windows = {
    hostName: 'dc1.corp.test',
    vendor: 'windows',
    isPreferred: true,
    since: new Date().toISOString(),
    reason: 'chosen',
    previous: null,
    missing: [],
  };
  const alone = parts({ settings: settingsWith({ 'directory-controller': windows }) });
  const [capture] = await checkServer(alone);
  expect(capture).toMatchObject({ id: 'password-capture', state: 'not-applicable' });
  expect(capture?.detail).toContain('Set passwords in this dashboard');
  const report = { capture: 'ready', detail: '', seenAt: new Date().toISOString() };
  const mixed = parts({ settings: settingsWith({ 'directory-controller': windows, 'password-capture': report }) });
  expect((await states(checkServer(mixed)))['password-capture']).toBe('passed');
});
