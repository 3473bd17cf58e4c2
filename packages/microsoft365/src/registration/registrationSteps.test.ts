import { ManualClock } from '@isthmus/kernel';
import { beforeAll, describe, expect, test } from 'vitest';
import { type HttpAnswer, type HttpRequest, NetworkFailure } from '../http/HttpChannel.ts';
import type { IntegrationCertificate } from '../setUp.ts';
import { FakeGraph } from '../testing/FakeGraph.ts';
import { fakeTransport } from '../testing/fakeTransport.ts';
import { createCertificate } from './createCertificate.ts';
import { APPLICATION_PERMISSIONS } from './permissionNeeds.ts';
import { RegistrationContext } from './RegistrationContext.ts';
import {
  ensureApplication,
  ensureDirectoryRoles,
  ensurePermissions,
  ensureServicePrincipal,
} from './registrationSteps.ts';

type Refusal = { status: number; code?: string; message?: string; details?: object[] };
const LOST = 'lost' as const;
const ROLES = APPLICATION_PERMISSIONS.map((value, index) => ({ id: `role-${index}`, value }));

const EXCHANGE = { id: 'exchange', appRoles: [{ id: 'exchange-role', value: 'Exchange.ManageAsApp' }] };

let certificate: IntegrationCertificate;
beforeAll(async () => {
  certificate = await createCertificate('Isthmus', new ManualClock(new Date('2030-01-01T00:00:00Z')));
}, 60_000);

/** The objects that a registration makes, and what happens to the writes on their way. */
function fakeTenant() {
  const made = {
    hasExchange: true,
    applications: [] as { id: string; appId: string; displayName: string; keyCredentials: object[] }[],
    principals: [] as { id: string; appId: string }[],
    grants: [] as { appRoleId: string; resourceId: string }[],
    roles: [] as { roleDefinitionId: string }[],
  };
  const troubles: (Refusal | typeof LOST)[] = [];
  const writes: string[] = [];
  const get = (path: string): object | undefined => {
    if (path.startsWith("/servicePrincipals(appId='00000003")) return { id: 'graph', appRoles: ROLES };
    if (path.startsWith("/servicePrincipals(appId='00000002")) return made.hasExchange ? EXCHANGE : undefined;
    if (path.startsWith('/servicePrincipals(')) return made.principals.find(({ appId }) => path.includes(appId));
    if (path.endsWith('/appRoleAssignments')) return { value: made.grants };
    if (path.startsWith('/roleManagement')) return { value: made.roles };
    if (path === '/applications') return { value: made.applications };
    return made.applications.find(({ id }) => path.endsWith(id));
  };
  const write = (path: string, body: Record<string, string>): void => {
    const application = made.applications.find(({ id }) => path.endsWith(id));
    if (application !== undefined) Object.assign(application, body);
    else if (path === '/applications') {
      const id = `application-${made.applications.length}`;
      made.applications.push({ displayName: '', keyCredentials: [], ...body, id, appId: `client-${id}` });
    } else if (path === '/servicePrincipals') made.principals.push({ id: 'principal', appId: body['appId'] ?? '' });
    else if (path.startsWith('/roleManagement')) made.roles.push({ roleDefinitionId: body['roleDefinitionId'] ?? '' });
    else made.grants.push({ appRoleId: body['appRoleId'] ?? '', resourceId: body['resourceId'] ?? '' });
  };
  const graph = new FakeGraph();
  graph.send = (request: HttpRequest): Promise<HttpAnswer> => {
    const path = decodeURIComponent(new URL(request.url).pathname.slice('/v1.0'.length));
    const reply = (status: number, body: object) =>
      Promise.resolve({ status, headers: {}, text: JSON.stringify(body) });
    if (request.method === 'GET') {
      const found = get(path);
      return found === undefined ? reply(404, {}) : reply(200, found);
    }
    writes.push(`${request.method} ${path}`);
    const trouble = troubles.shift();
    if (trouble !== undefined && trouble !== LOST)
      return reply(trouble.status, { error: { code: 'Request_BadRequest', message: '', ...trouble } });
    write(path, JSON.parse(request.body ?? '{}'));
    if (trouble === LOST) return Promise.reject(new NetworkFailure('perhaps', 'ECONNRESET', undefined));
    return reply(201, {});
  };
  const { transport } = fakeTransport(graph);
  return { made, troubles, writes, context: new RegistrationContext(transport) };
}

describe('the application', () => {
  test('is made with the certificate and found again by it', async () => {
    const { made, writes, context } = fakeTenant();
    const first = await ensureApplication(context, 'Isthmus', certificate, undefined);
    expect(await ensureApplication(context, 'Isthmus', certificate, undefined)).toEqual(first);
    expect(await ensureApplication(context, 'Isthmus', certificate, first.applicationObjectId)).toEqual(first);
    expect(writes).toEqual(['POST /applications']);
    expect(made.applications[0]?.keyCredentials).toHaveLength(1);
  });

  test('one of somebody else with the same name is not taken', async () => {
    const { made, context } = fakeTenant();
    made.applications.push({ id: 'other', appId: 'other', displayName: 'Isthmus', keyCredentials: [] });
    const own = await ensureApplication(context, 'Isthmus', certificate, undefined);
    expect(own.applicationObjectId).not.toBe('other');
  });

  test('whose answer was lost is not made twice', async () => {
    const { made, troubles, context } = fakeTenant();
    troubles.push(LOST);
    await ensureApplication(context, 'Isthmus', certificate, undefined);
    expect(made.applications).toHaveLength(1);
  });

  test('that was removed meanwhile is made anew', async () => {
    const { made, context } = fakeTenant();
    await ensureApplication(context, 'Isthmus', certificate, 'gone');
    expect(made.applications).toHaveLength(1);
  });

  test('keeps keys that are still valid and drops ended ones, which would be refused', async () => {
    const { made, context } = fakeTenant();
    const valid = { displayName: 'valid', endDateTime: '2999-01-01T00:00:00Z' };
    const ended = { displayName: 'ended', endDateTime: '2001-01-01T00:00:00Z' };
    made.applications.push({ id: 'mine', appId: 'mine', displayName: 'Isthmus', keyCredentials: [valid, ended] });
    await ensureApplication(context, 'Isthmus', certificate, 'mine');
    expect(made.applications[0]?.keyCredentials).toMatchObject([valid, { usage: 'Verify' }]);
  });
});

test.each<[string, Refusal]>([
  [
    'the application is not replicated',
    { status: 400, details: [{ code: 'NoBackingApplicationObject', target: 'appId' }] },
  ],
  [
    'the same in other words',
    { status: 400, message: "The appId '1' … does not reference a valid application object." },
  ],
  ['the same as a missing right', { status: 403, message: 'When using this permission, the backing application of …' }],
])('the enterprise application waits while %s', async (_name, refusal) => {
  const { troubles, writes, context } = fakeTenant();
  troubles.push(refusal, refusal, refusal);
  expect(await ensureServicePrincipal(context, 'client')).toBe('principal');
  expect(writes).toHaveLength(4);
});

test('permissions are granted once, although some refusals come from replicas that lag and an answer is lost', async () => {
  const { made, troubles, context } = fakeTenant();
  troubles.push({ status: 400, message: 'Not a valid reference update.' }, { status: 404 }, LOST);
  await ensurePermissions(context, 'principal');
  await ensurePermissions(context, 'principal');
  expect(made.grants).toHaveLength(ROLES.length + 1);
  const ofGraph = made.grants.filter(({ resourceId }) => resourceId === 'graph').map(({ appRoleId }) => appRoleId);
  expect(ofGraph.toSorted()).toEqual(ROLES.map(({ id }) => id).toSorted());
  expect(made.grants).toContainEqual({ appRoleId: 'exchange-role', resourceId: 'exchange' });
});

test('a tenant without Exchange gets the other permissions', async () => {
  const { made, context } = fakeTenant();
  made.hasExchange = false;
  await ensurePermissions(context, 'principal');
  expect(made.grants).toHaveLength(ROLES.length);
});

test('the directory roles are given once', async () => {
  const { made, troubles, context } = fakeTenant();
  troubles.push({ status: 404 });
  await ensureDirectoryRoles(context, 'principal');
  await ensureDirectoryRoles(context, 'principal');
  expect(made.roles).toHaveLength(2);
});

test('an administrator without the right is told so at once', async () => {
  const { troubles, writes, context } = fakeTenant();
  troubles.push({ status: 403, code: 'Authorization_RequestDenied', message: 'Insufficient privileges …' });
  await expect(ensureDirectoryRoles(context, 'principal')).rejects.toMatchObject({ code: 'online.not-permitted' });
  expect(writes).toHaveLength(1);
});
