import type { Emulator } from 'microsoft365-emulator';
import { startEmulator } from 'microsoft365-emulator';
import { afterEach, expect, test } from 'vitest';
import { connectMicrosoft365 } from '../connectMicrosoft365.ts';
import type { IntegrationCredentials } from '../ports.ts';
import { createIntegrationSetUp } from '../registration/createIntegrationSetUp.ts';
import type { AdministratorSession, IntegrationSetUp, RegistrationProgress, RegistrationStep } from '../setUp.ts';
import { accountAt, endpointsOf } from './emulatedTenant.ts';
import { signInByBrowser } from './signInByBrowser.ts';

const QUICK = { deviceCodeIntervalSeconds: 1 };
let emulator: Emulator;

afterEach(() => emulator.close());

async function start(settings: NonNullable<Parameters<typeof startEmulator>[0]>['settings'] = {}) {
  emulator = await startEmulator({ settings: { ...QUICK, ...settings } });
  return createIntegrationSetUp(endpointsOf(emulator));
}

function signIn(setUp: IntegrationSetUp, changes: { decision?: 'cancel' } = {}): Promise<AdministratorSession> {
  const { username, password } = emulator.administrator;
  const prompts: Promise<unknown>[] = [];
  const session = setUp.signInAdministrator((prompt) => {
    prompts.push(signInByBrowser(emulator, prompt, { username, password, ...changes }));
  }, new AbortController().signal);
  return session.finally(() => Promise.all(prompts));
}

function registration(changes: { signal?: AbortSignal; progress?: RegistrationProgress } = {}) {
  const steps: string[] = [];
  let progress: RegistrationProgress = changes.progress ?? {};
  return {
    steps,
    get progress() {
      return progress;
    },
    request: {
      displayName: 'Isthmus',
      progress,
      signal: new AbortController().signal,
      report: (step: RegistrationStep, state: 'running' | 'done', known: RegistrationProgress) => {
        steps.push(`${step} ${state}`);
        progress = known;
      },
      ...changes,
    },
  };
}

const ALL_STEPS = [
  'application',
  'service-principal',
  'permissions',
  'directory-role',
  'certificate-sign-in',
  'read-back',
].flatMap((step) => [`${step} running`, `${step} done`]);

test('connects a tenant from the sign-in to the first account', async () => {
  const setUp = await start();
  const session = await signIn(setUp);
  expect(session).toMatchObject({ username: emulator.administrator.username, tenantId: emulator.tenantId });
  expect(await session.missingRoles()).toEqual([]);
  expect(await session.tenantFacts()).toMatchObject({ initialDomain: emulator.initialDomain });
  const certificate = await setUp.createCertificate('Isthmus at contoso');
  const run = registration();
  const credentials = await setUp.register(session, { ...run.request, certificate });
  expect(run.steps).toEqual(ALL_STEPS);
  const online = connectMicrosoft365({ endpoints: setUp.endpoints, credentials });
  try {
    const granted = await online.tenant.grantedPermissions();
    const needed = setUp.permissionNeeds.filter(({ kind }) => kind === 'application');
    expect(granted).toEqual(needed.map(({ permission }) => permission).toSorted());
    const { account } = await online.accounts.ensure(accountAt(emulator.initialDomain, 1), { lane: 'interactive' });
    const { password } = accountAt(emulator.initialDomain, 2);
    await online.accounts.setPassword(account.id, password, { mustChange: false }, { lane: 'password' });
  } finally {
    await online.close();
  }
});

test('running it again uses what is there', async () => {
  const setUp = await start();
  const session = await signIn(setUp);
  const certificate = await setUp.createCertificate('Isthmus');
  const first = await setUp.register(session, { ...registration().request, certificate });
  const applications = emulator.control.tenants[0]?.applications;
  const again = await setUp.register(session, { ...registration().request, certificate });
  expect(again.clientId).toBe(first.clientId);
  expect(emulator.control.tenants[0]?.applications).toBe(applications);
});

test('an earlier certificate works until it is taken off', async () => {
  const setUp = await start();
  const session = await signIn(setUp);
  const [earlier, later] = [await setUp.createCertificate('Isthmus'), await setUp.createCertificate('Isthmus')];
  const first = registration();
  const { request } = first;
  const before = await setUp.register(session, { ...request, certificate: earlier });
  const made = first.progress;
  const after = await setUp.register(session, { ...request, certificate: later, progress: made });
  expect(after.clientId).toBe(before.clientId);
  const works = async (credentials: IntegrationCredentials) => {
    const online = connectMicrosoft365({ endpoints: endpointsOf(emulator), credentials });
    const outcome = await online.tenant.facts({ lane: 'interactive' }).then(
      () => 'works',
      (error: { code: string }) => error.code,
    );
    await online.close();
    return outcome;
  };
  expect([await works(before), await works(after)]).toEqual(['works', 'works']);
  await setUp.retireCertificates(session, made, later);
  await setUp.retireCertificates(session, made, later);
  expect([await works(before), await works(after)]).toEqual(['online.certificate-refused', 'works']);
});

test('the integration rolls its own certificate, without an administrator and without a permission for it', async () => {
  const setUp = await start();
  const session = await signIn(setUp);
  const first = registration();
  const certificate = await setUp.createCertificate('Isthmus');
  const current = await setUp.register(session, { ...first.request, certificate });
  const { applicationObjectId = '', certificateKeyId = '' } = first.progress;
  expect(certificateKeyId).not.toBe('');

  const next = await setUp.createCertificate('Isthmus');
  const keyId = await setUp.addCertificate(current, applicationObjectId, next);
  const renewed = { ...current, certificatePem: next.certificatePem, privateKeyPem: next.privateKeyPem };
  await setUp.proveCredentials(renewed);
  await setUp.proveCredentials(current);
  await setUp.removeCertificate(renewed, applicationObjectId, certificateKeyId);
  await setUp.removeCertificate(renewed, applicationObjectId, certificateKeyId);
  await setUp.proveCredentials(renewed);
  const stranger = await setUp.createCertificate('Isthmus');
  const forged = { ...renewed, certificatePem: stranger.certificatePem, privateKeyPem: stranger.privateKeyPem };
  await expect(setUp.removeCertificate(forged, applicationObjectId, keyId)).rejects.toMatchObject({
    code: 'online.certificate-refused',
  });
});

test('a run that breaks off continues and leaves one registration', async () => {
  const setUp = await start();
  const session = await signIn(setUp);
  const before = emulator.control.tenants[0]?.applications ?? 0;
  const certificate = await setUp.createCertificate('Isthmus');
  const broken = registration();
  emulator.control.addFault({ method: 'POST', path: '/v1.0/applications', reset: 'after' });
  emulator.control.addFault({ method: 'POST', path: '/v1.0/servicePrincipals', answer: { status: 403 } });
  await expect(setUp.register(session, { ...broken.request, certificate })).rejects.toMatchObject({
    code: 'online.not-permitted',
  });
  const run = registration({ progress: broken.progress });
  await setUp.register(session, { ...run.request, certificate });
  expect(run.steps).toEqual(ALL_STEPS);
  expect(emulator.control.tenants[0]?.applications).toBe(before + 1);
});

test('waits for replicas that lag', async () => {
  const setUp = await start();
  const session = await signIn(setUp);
  const lagMs = { applications: 1_500, servicePrincipals: 1_500, appRoleAssignments: 1_500, roleAssignments: 1_500 };
  // What the tenant was born with has been there for long.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  emulator.control.change({ lagMs });
  const before = emulator.control.tenants[0]?.applications ?? 0;
  const certificate = await setUp.createCertificate('Isthmus');
  await setUp.register(session, { ...registration().request, certificate });
  expect(emulator.control.tenants[0]?.applications).toBe(before + 1);
});

test('removing leaves nothing, also the second time', async () => {
  const setUp = await start();
  const session = await signIn(setUp);
  const before = emulator.control.tenants[0]?.applications;
  const certificate = await setUp.createCertificate('Isthmus');
  const run = registration();
  const credentials = await setUp.register(session, { ...run.request, certificate });
  await setUp.removeRegistration(session, run.progress);
  await setUp.removeRegistration(session, run.progress);
  await setUp.removeRegistration(session, {});
  expect(emulator.control.tenants[0]?.applications).toBe(before);
  const online = connectMicrosoft365({ endpoints: setUp.endpoints, credentials });
  await expect(online.tenant.facts({ lane: 'interactive' })).rejects.toMatchObject({
    code: 'online.application-missing',
  });
  await online.close();
});

test('an administrator who declines is understood', async () => {
  const setUp = await start();
  await expect(signIn(setUp, { decision: 'cancel' })).rejects.toMatchObject({ code: 'online.sign-in-declined' });
});

test('a code that nobody types in time is told as such', async () => {
  const setUp = await start({ deviceCodeSeconds: 2 });
  const waiting = setUp.signInAdministrator(() => undefined, new AbortController().signal);
  await expect(waiting).rejects.toMatchObject({ code: 'online.sign-in-expired' });
});

test.each([
  ['a service that is not available', { answer: { status: 503 } }],
  ['a service that asks to wait', { answer: { status: 429, headers: { 'Retry-After': '1' } } }],
  ['a connection that breaks', { reset: 'before' }],
] as const)('the sign-in outlasts %s', async (_name, fault) => {
  const setUp = await start();
  const path = '/*/oauth2/v2.0/{endpoint}';
  // The request for the code and the first two questions whether it was typed.
  emulator.control.addFault({ method: 'POST', path, calls: [1, 3, 4], ...fault });
  expect(await signIn(setUp)).toMatchObject({ tenantId: emulator.tenantId });
});

test('a service that stays away until the code ends is told as such', async () => {
  const setUp = await start({ deviceCodeSeconds: 2 });
  emulator.control.addFault({ path: '/*/oauth2/v2.0/token', calls: 'all', answer: { status: 503 } });
  const waiting = setUp.signInAdministrator(() => undefined, new AbortController().signal);
  await expect(waiting).rejects.toMatchObject({ code: 'online.unreachable', retryable: true });
});

test('a person who gives up does not wait for the code to end', async () => {
  const setUp = await start();
  const giveUp = new AbortController();
  const waiting = setUp.signInAdministrator(() => giveUp.abort(new Error('enough')), giveUp.signal);
  await expect(waiting).rejects.toThrow('enough');
});
