import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Body, SliceDriver, until } from '../../testing/SliceDriver.ts';
import { startTestServer, type TestServer } from '../../testing/startTestServer.ts';

let test1: TestServer;
let driver: SliceDriver;

beforeAll(async () => {
  test1 = await startTestServer();
  driver = new SliceDriver(test1);
});
afterAll(() => test1.stop());

/** What an administrator does to an account that no user has; in the end it is as before. */
async function changeWithoutUser(id: string, skuId: string): Promise<void> {
  const selection = { accountIds: [id] };
  const account = () => driver.get(`/online-accounts/${id}`);
  const run = async (path: string, body: Body) =>
    expect((await driver.post(`${path}?wait=30`, body))['job'], path).toMatchObject({ state: 'done' });
  expect(await account()).toMatchObject({ may: { changeLicenses: true, changeNames: true, blockOnline: true } });
  await run('/licenses/change', { selection, remove: [skuId] });
  await run('/online-accounts/block', { selection });
  await run('/users/sign-in-names', { selection, address: 'front.desk@contoso.com' });
  expect(await account()).toMatchObject({ address: 'front.desk@contoso.com', state: 'blocked', licenses: [] });
  expect((await driver.get('/audit?q=Blocked'))['items'][0]).toMatchObject({ action: 'online-account.block' });
  await run('/users/sign-in-names', { selection, address: 'bjorn.aas@contoso.com' });
  await run('/online-accounts/allow', { selection });
  await run('/licenses/change', { selection, add: [skuId] });
  expect(await account()).toMatchObject({ state: 'active', user: null, licenses: [{ skuId }] });
}

describe('integrating', () => {
  test('checks everything it needs, each with state and remedy', async () => {
    const { checks, ready } = (await driver.post('/integration/check')) as { checks: Body[]; ready: boolean };
    const states = Object.fromEntries(checks.map((check) => [check['id'], check['state']]));
    expect(states).toMatchObject({
      'directory-reachable': 'passed',
      'directory-writable': 'passed',
      'directory-clock': 'passed',
      'login-reachable': 'passed',
      'graph-reachable': 'passed',
      'exchange-reachable': 'passed',
      'cloud-tls': 'passed',
      'cloud-clock': 'passed',
      'password-capture': 'warning',
      updates: 'not-applicable',
      'server-certificate': 'passed',
    });
    expect(ready).toBe(true);
    expect(checks.filter((check) => check['state'] !== 'passed').every((check) => check['detail'] !== '')).toBe(true);
  });

  test('leaves nothing behind when it is cancelled after the sign-in', async () => {
    const { id } = await driver.signedIn();
    expect(await driver.post(`/integration/attempts/${id}/cancel`)).toMatchObject({ state: 'cancelled', leftOver: [] });
    expect(await driver.get('/integration')).toMatchObject({ state: 'not-integrated', unfinished: null });
  });

  test('refuses to confirm another tenant than the one reviewed', async () => {
    const { id } = await driver.signedIn();
    const refused = await driver.post(`/integration/attempts/${id}/confirm`, {
      tenantId: 'another',
      usageLocation: 'DE',
    });
    expect(refused).toMatchObject({ code: 'integration.tenant-mismatch' });
    await driver.post(`/integration/attempts/${id}/cancel`);
  });

  test('registers step by step, reads back, and is integrated', async () => {
    const review = await driver.signedIn();
    expect(review).toMatchObject({
      administrator: test1.emulator.administrator.username,
      missingRoles: [],
      suggestedUsageLocation: 'US',
      tenant: { tenantId: test1.emulator.tenantId, synchronizedByOthers: false },
    });
    const confirmed = await driver.post(`/integration/attempts/${review['id']}/confirm`, {
      tenantId: test1.emulator.tenantId,
      usageLocation: 'DE',
    });
    expect(confirmed).toMatchObject({ state: 'registering', job: { kind: 'set-up-integration' } });
    const done = await driver.attempt(review['id'], 'done');
    expect(done['steps'].map((step: Body) => step['state'])).toEqual(Array(8).fill('done'));
    expect(done).toMatchObject({ leftOver: [], problem: null });
    const job = await driver.get(`/jobs/${confirmed['job'].id}?wait=20`);
    expect(job).toMatchObject({ state: 'done', counts: { done: 8, failed: 0 } });
    const integration = await driver.get('/integration');
    expect(integration).toMatchObject({ state: 'integrated', unfinished: null, problem: null });
    const applicationPermissions = integration['permissions'].filter((each: Body) => each['kind'] === 'application');
    expect(applicationPermissions.every((each: Body) => each['granted'] === true)).toBe(true);
    expect((await driver.get('/domains'))['items'][0]).toMatchObject({ name: 'contoso.com', isDefault: true });
    expect((await driver.get('/licenses'))['total']).toBe(3);
    expect(JSON.stringify(await driver.get('/audit'))).toContain('Integrated Contoso');
  });

  test('again for the same tenant renews, for another one would be refused', async () => {
    const review = await driver.signedIn();
    expect(review['problem']).toBeNull();
    await driver.post(`/integration/attempts/${review['id']}/cancel`);
    // A cancel after the integration never takes the registration in use away.
    expect(await driver.get('/integration')).toMatchObject({ state: 'integrated' });
    expect((await driver.get('/licenses'))['total']).toBe(3);
  });
});

describe('online accounts in bulk', () => {
  test('are proposed, created, linked and licensed; whoever fails is named', async () => {
    const { items } = (await driver.get('/online-accounts/proposals')) as { items: Body[] };
    const ticked = items.filter((proposal) => proposal['selected']);
    expect(items.length).toBeGreaterThan(20);
    expect(new Set(items.map((proposal) => proposal['address'])).size).toBe(items.length);
    expect(items.every((proposal) => /^[a-z0-9'._-]+@contoso\.com$/.test(proposal['address']))).toBe(true);
    const premium = (await driver.get('/licenses'))['items'].find((each: Body) => each['skuPartNumber'] === 'SPB');
    const accounts = ticked.map((proposal) => ({ userId: proposal['userId'], address: proposal['address'] }));
    const body = { accounts, skuIds: [premium['skuId']] };
    const planned = await driver.post('/online-accounts/bulk-create?dryRun=true', body);
    expect(planned).toMatchObject({
      kind: 'plan',
      plan: { blocked: null, counts: { 'online.create': ticked.length } },
    });
    const { job } = await driver.post('/online-accounts/bulk-create?wait=30', body);
    expect(job).toMatchObject({ state: 'done', counts: { total: ticked.length, failed: 0 } });
    const linked = (await driver.users('&filter=with-online-account')).map((row) => row.online?.state);
    expect(linked).toEqual(Array(ticked.length).fill('active'));
    const again = await driver.post('/online-accounts/bulk-create', body);
    expect(again).toMatchObject({ code: 'online-accounts.already-linked' });
  });
});

describe('licenses', () => {
  const productOf = async (part: string): Promise<Body> =>
    (await driver.get('/licenses'))['items'].find((each: Body) => each['skuPartNumber'] === part);
  const change = async (userName: string, body: Body, query = '?wait=30'): Promise<Body> => {
    const { id } = await driver.user(userName);
    return driver.post(`/licenses/change${query}`, { selection: { ids: [id] }, ...body });
  };
  const held = async (userName: string) =>
    (await driver.user(userName)).online?.licenses.map(({ skuId, disabledPlans }) => [skuId, disabledPlans]);

  test('are replaced in one step, with a service switched off, and taken back', async () => {
    const premium = await productOf('SPB');
    const basic = await productOf('O365_BUSINESS_ESSENTIALS');
    const teams = basic['servicePlans'].find((plan: Body) => plan['name'] === 'Microsoft Teams');
    const body = {
      add: [basic['skuId']],
      remove: [premium['skuId']],
      disabledPlans: { [basic['skuId']]: [teams['id']] },
    };
    const planned = await change('zoe.andre', body, '?dryRun=true');
    expect(planned['plan'].items[0].actions[0]).toMatchObject({
      type: 'online.assign-licenses',
      changes: [
        { field: 'license', before: 'Microsoft 365 Business Premium', after: null },
        { field: 'license', before: null, after: 'Microsoft 365 Business Basic' },
        { field: 'services off in Microsoft 365 Business Basic', before: null, after: 'Microsoft Teams' },
      ],
    });
    expect(await change('zoe.andre', body)).toMatchObject({ job: { state: 'done', counts: { failed: 0 } } });
    expect(await held('zoe.andre')).toEqual([[basic['skuId'], [teams['id']]]]);
    expect(await change('zoe.andre', body)).toMatchObject({ job: { counts: { done: 0, unchanged: 1 } } });
    const back = { add: [premium['skuId']], remove: [basic['skuId']] };
    expect(await change('zoe.andre', back)).toMatchObject({ job: { state: 'done' } });
    expect(await held('zoe.andre')).toEqual([[premium['skuId'], []]]);
  });

  test('that are used up are refused, or waited for until a seat is free', async () => {
    const automate = await productOf('FLOW_FREE');
    const body = { add: [automate['skuId']] };
    expect(await change('ahmet.yilmaz', body)).toMatchObject({ job: { state: 'done' } });
    test1.emulator.control.setSeats('FLOW_FREE', 1);
    await until(async () => (await productOf('FLOW_FREE'))['free'] === 0);
    expect(await change('zoe.andre', body)).toMatchObject({ code: 'licenses.not-enough' });
    expect(await change('zoe.andre', { ...body, whenShort: 'wait' })).toMatchObject({ job: { state: 'done' } });
    expect((await productOf('FLOW_FREE'))['waiting']).toBe(1);
    expect(await driver.get('/licenses/waiting')).toMatchObject({ items: [{ userName: 'zoe.andre' }] });
    test1.emulator.control.setSeats('FLOW_FREE', 2);
    await until(async () => (await driver.user('zoe.andre')).online?.licenses.length === 2);
    expect(await driver.get('/licenses/waiting')).toMatchObject({ total: 0 });
    expect(await change('zoe.andre', { remove: [automate['skuId']] })).toMatchObject({ job: { state: 'done' } });
  });
});

describe('a new person for an account that is there', () => {
  test('gets it, and the password that was typed', async () => {
    const { id } = await driver.user('bjorn.aas');
    const { online } = await driver.get(`/users/${id}`);
    await driver.post('/online-accounts/unlink?wait=30', { selection: { ids: [id] } });
    const person = { displayName: 'Bjørn the Second', userName: 'bjorn.second', password: 'Gr33n-Teapot-92' };
    const assigned = { ...person, assignOnlineAccountId: online.id };
    const taken = (await driver.user('zoe.andre')).id;
    const zoe = (await driver.get(`/users/${taken}`)).online.id;
    expect(await driver.post('/users', { ...person, assignOnlineAccountId: zoe })).toMatchObject({
      code: 'users.link-taken',
      field: 'assignOnlineAccountId',
    });
    expect(await driver.post('/users?wait=30', assigned)).toMatchObject({ job: { state: 'done' } });
    await until(async () => (await driver.user('bjorn.second')).password.state === 'in-step');
    expect((await driver.user('bjorn.second')).online?.address).toBe(online.address);
    const second = await driver.user('bjorn.second');
    await driver.post('/online-accounts/unlink?wait=30', { selection: { ids: [second.id] } });
    await driver.post(`/online-accounts/${online.id}/assign?wait=30`, { userId: id });
    expect((await driver.user('bjorn.aas')).online?.address).toBe(online.address);
  });
});

describe('the online account alone', () => {
  test('is removed and comes back with its license, while the user account stays', async () => {
    const before = await driver.user('bjorn.aas');
    const selection = { ids: [before.id] };
    expect(await driver.post('/online-accounts/remove?wait=30', { selection })).toMatchObject({
      job: { state: 'done' },
    });
    expect(await driver.user('bjorn.aas')).toMatchObject({ state: 'active', online: { state: 'removed' } });
    expect(await driver.post(`/users/${before.id}/restore?wait=30`)).toMatchObject({ job: { state: 'done' } });
    const after = await driver.user('bjorn.aas');
    expect(after.online).toMatchObject({ state: 'active', signInAllowed: true, licenses: before.online?.licenses });
  });
});

describe('groups', () => {
  const named = async (name: string): Promise<Body> =>
    (await driver.get(`/groups?q=${encodeURIComponent(name)}`))['items'].find((each: Body) => each['name'] === name);
  const ids = async (...userNames: string[]): Promise<string[]> =>
    Promise.all(userNames.map(async (userName) => (await driver.user(userName)).id));

  /** The tenant's own word, by an application that is not ours. */
  async function onlineMembers(groupId: string): Promise<number> {
    const { url, tenantId, control } = test1.emulator;
    observer ??= control.addApplication({
      displayName: 'Observer',
      permissions: ['GroupMember.Read.All', 'User.Read.All'],
    });
    const form = {
      grant_type: 'client_credentials',
      client_id: observer.appId,
      client_secret: observer.secret ?? '',
      scope: 'https://graph.microsoft.com/.default',
    };
    const token = await fetch(`${url}/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    const { access_token: access } = (await token.json()) as Body;
    const headers = { authorization: `Bearer ${access}` };
    const answer = await fetch(`${url}/v1.0/groups/${groupId}/members?$select=id`, { headers });
    return ((await answer.json()) as Body)['value'].length;
  }
  let observer: { readonly appId: string; readonly secret?: string | undefined } | undefined;

  test('are made, filled and renamed in the directory; those of the system are left alone', async () => {
    const planned = await driver.post('/groups?dryRun=true', { name: 'Bakery' });
    expect(planned).toMatchObject({ changes: [{ field: 'name', before: null, after: 'Bakery' }], group: null });
    const { group } = await driver.post('/groups', { name: 'Bakery', description: 'Ovens' });
    expect(group).toMatchObject({ name: 'Bakery', scope: 'global', memberCount: 0, may: { link: true } });
    expect(await driver.post('/groups', { name: 'bakery' })).toMatchObject({ code: 'groups.name-taken' });
    expect((await test1.api.post('/groups', { name: 'a,b' })).status).toBe(400);
    const add = await ids('zoe.andre', 'ahmet.yilmaz');
    const filled = await driver.post(`/groups/${group.id}/members`, { add });
    expect(filled).toMatchObject({ group: { memberCount: 2 } });
    expect(await driver.post(`/groups/${group.id}/members`, { add })).toMatchObject({ changes: [] });
    const renamed = (await test1.api.patch(`/groups/${group.id}`, { name: 'Bakers' })).body;
    expect(renamed).toMatchObject({ group: { id: group.id, name: 'Bakers' } });
    expect(await driver.post(`/groups/${(await named('Domain Admins'))['id']}/members`, { add })).toMatchObject({
      code: 'groups.protected',
    });
    const administrators = await named('Isthmus Administrators');
    expect(administrators['may']).toMatchObject({ change: false, remove: false, changeMembers: true });
    expect(await driver.post(`/groups/${administrators['id']}/remove`)).toMatchObject({ code: 'groups.role-group' });
    expect((await driver.get('/groups?filter=empty'))['counts']['all']).toBeGreaterThan(10);
  });

  test('linked to a new group of the tenant, they are kept in step, nested people included, until unlinked', async () => {
    const { id } = await named('Bakers');
    const { group: inner } = await driver.post('/groups', { name: 'Apprentices' });
    const add = await ids('bjorn.aas');
    await driver.post(`/groups/${inner.id}/members`, { add });
    await driver.post(`/groups/${id}/members`, { add: [inner.id] });
    const wanted = { field: 'members', before: null, after: '3 people' };
    await until(
      async () => (await driver.post(`/groups/${id}/link?dryRun=true`))['changes'][1]?.after === wanted.after,
    );
    expect(await driver.post(`/groups/${id}/link`)).toMatchObject({
      changes: [{ field: 'new online group', after: 'Bakers' }, wanted],
      group: { link: { name: 'Bakers' } },
    });
    await until(async () => (await named('Bakers'))['link']?.state === 'in-step');
    const { onlineGroupId } = (await named('Bakers'))['link'];
    await until(async () => (await onlineMembers(onlineGroupId)) === 3);
    const { members } = await driver.get(`/groups/${id}`);
    expect(members.filter((member: Body) => member['through'] === 'Apprentices')).toHaveLength(1);
    expect(await driver.post(`/groups/${inner.id}/link`, { onlineGroupId })).toMatchObject({
      code: 'groups.not-linkable',
    });

    await driver.post(`/groups/${inner.id}/members`, { remove: add });
    await until(async () => (await onlineMembers(onlineGroupId)) === 2);
    const [zoe = ''] = await ids('zoe.andre');
    expect(JSON.stringify(await driver.get(`/users/${zoe}/timeline`))).toContain('to the online group Bakers');

    expect(await driver.post(`/groups/${id}/unlink`)).toMatchObject({ group: { link: null } });
    await driver.post(`/groups/${id}/members`, { remove: [zoe] });
    await setTimeout(1500);
    expect(await onlineMembers(onlineGroupId)).toBe(2);
    expect(await driver.post(`/groups/${id}/remove`)).toMatchObject({ group: null });
    expect(await driver.get(`/groups/${id}`)).toMatchObject({ code: 'directory.group-not-found' });
    await driver.post(`/groups/${inner.id}/remove`);
  });
});

describe('the password policy', () => {
  test('is judged, and changed only with the rights of the domain itself', async () => {
    const view = await driver.get('/password-policy');
    expect(view).toMatchObject({ policy: { minimumLength: 7, complexity: true }, strength: 'strong', fineGrained: [] });
    expect(view['problems']).toMatchObject([{ code: 'passwords.policy-too-short' }]);
    const administrator = test1.controller.guide.dashboardAdministrator?.userName;
    const { password } = test1.controller.guide.people.find((one) => one.userName === administrator) ?? {};
    const changed = async (body: Body, query = '') => (await test1.api.patch(`/password-policy${query}`, body)).body;
    const changes = { minimumLength: 8 };
    expect(await changed({ changes }, '?dryRun=true')).toMatchObject({ problems: [], policy: changes });
    expect(await changed({ changes, password: 'Not-Mine-1' })).toMatchObject({ code: 'directory.credentials-refused' });
    expect(await changed({ changes, password })).toMatchObject({ code: 'directory.not-permitted' });
    expect((await driver.get('/password-policy'))['policy']).toEqual(view['policy']);
  });

  test('words that are banned stand in no new password', async () => {
    const put = (words: string[]) => test1.api.put('/password-policy/banned', { words });
    expect((await put(['Contoso', 'contoso'])).body).toEqual({ words: ['contoso'] });
    expect((await put(['abc'])).status).toBe(400);
    const checked = await driver.post('/password-policy/check', { password: 'C0ntoso-1' });
    expect(checked['problems']).toMatchObject([{ code: 'passwords.banned' }]);
    const { id } = await driver.user('zoe.andre');
    expect(await driver.post(`/users/${id}/reset-password`, { password: 'C0ntoso-1' })).toMatchObject({
      code: 'passwords.banned',
    });
    await put([]);
  });
});

describe('one person, both sides', () => {
  test('a new one is added with an online account and can sign in there', async () => {
    const added = await driver.post('/users?wait=30', {
      givenName: 'Grace',
      surname: 'Hopper',
      displayName: 'Grace Hopper',
      userName: 'grace.hopper',
      password: 'Nanosecond-1952',
      department: 'Research',
      online: { address: 'grace.hopper@contoso.com' },
    });
    expect(added).toMatchObject({ kind: 'job', job: { state: 'done' } });
    const grace = await until(async () => {
      const row = await driver.user('grace.hopper');
      return row.password.state === 'in-step' && row;
    });
    expect(grace).toMatchObject({ state: 'active', online: { address: 'grace.hopper@contoso.com' } });
    const taken = await driver.post('/users', {
      displayName: 'Grace Again',
      userName: 'grace.hopper',
      password: 'Nanosecond-1952',
    });
    expect(taken).toMatchObject({ status: 409, code: 'directory.user-name-taken', field: 'userName' });
  });

  test('is changed, deactivated, activated and given a password', async () => {
    const { id } = await driver.user('grace.hopper');
    const changed = await test1.api.patch(`/users/${id}?wait=30`, { title: 'Rear Admiral', department: '' });
    expect(changed.body).toMatchObject({ job: { state: 'done' } });
    expect(await driver.get(`/users/${id}`)).toMatchObject({ title: 'Rear Admiral', department: '', drift: [] });

    const selection = { ids: [id] };
    expect(await driver.post('/users/deactivate?wait=30', { selection })).toMatchObject({ job: { state: 'done' } });
    expect(await driver.user('grace.hopper')).toMatchObject({ state: 'inactive', online: { state: 'blocked' } });
    expect(await driver.post('/users/activate?wait=30', { selection })).toMatchObject({ job: { state: 'done' } });
    expect(await driver.user('grace.hopper')).toMatchObject({ state: 'active', online: { signInAllowed: true } });

    const password = 'Cobol-is-fine-59';
    expect(await driver.post(`/users/${id}/reset-password`, { password: 'short' })).toMatchObject({
      code: 'directory.password-refused',
      field: 'password',
    });
    expect(await driver.post(`/users/${id}/reset-password?wait=30`, { password })).toMatchObject({
      job: { state: 'done' },
    });
    expect((await driver.user('grace.hopper')).password.state).toBe('in-step');
    const timeline = await driver.get(`/users/${id}/timeline`);
    expect(timeline['items'].map((entry: Body) => entry['event'])).toEqual(
      expect.arrayContaining(['directory.user-added', 'online.created', 'online.sign-in-blocked', 'directory.enabled']),
    );
  });

  test('is locked in an emergency, on both sides, until somebody activates', async () => {
    const { id } = await driver.user('grace.hopper');
    const selection = { ids: [id] };
    const plan = await driver.post('/users/lock?dryRun=true', { selection });
    const types = plan['plan'].items[0].actions.map((action: Body) => action['type']);
    expect(types).toEqual(['directory.disable', 'link.hold', 'online.block-sign-in', 'online.revoke-sessions']);
    expect(await driver.post('/users/lock?wait=30', { selection })).toMatchObject({ job: { state: 'done' } });
    const locked = { state: 'inactive', online: { state: 'blocked', hold: 'locked' } };
    expect(await driver.user('grace.hopper')).toMatchObject(locked);
    // Enabled by another tool, the person still cannot sign in online.
    await test1.controller.exec(['samba-tool', 'user', 'enable', 'grace.hopper']);
    await until(async () => (await driver.user('grace.hopper')).state === 'active');
    await driver.post('/sync/run', { full: true });
    expect(await driver.user('grace.hopper')).toMatchObject({ online: { state: 'blocked', hold: 'locked' } });
    expect(await driver.post('/users/activate?wait=30', { selection })).toMatchObject({ job: { state: 'done' } });
    const free = { state: 'active', online: { signInAllowed: true, hold: null } };
    expect(await driver.user('grace.hopper')).toMatchObject(free);
  });

  test('is unassigned and gets everything back, is unlinked and linked again', async () => {
    const { id } = await driver.user('bjorn.aas');
    const premium = (await driver.get('/licenses'))['items'].find((each: Body) => each['skuPartNumber'] === 'SPB');
    const selection = { ids: [id] };
    expect(await driver.post('/online-accounts/unassign?wait=30', { selection })).toMatchObject({
      job: { state: 'done' },
    });
    const taken = { state: 'active', online: { state: 'blocked', hold: 'unassigned', licenses: [] } };
    expect(await driver.user('bjorn.aas')).toMatchObject(taken);
    await driver.post('/sync/run', { full: true });
    expect(await driver.user('bjorn.aas')).toMatchObject(taken);
    expect(await driver.post('/online-accounts/allow?wait=30', { selection })).toMatchObject({
      job: { state: 'done' },
    });
    const given = { online: { state: 'active', hold: null, licenses: [{ skuId: premium['skuId'] }] } };
    expect(await driver.user('bjorn.aas')).toMatchObject(given);

    expect(await driver.post('/online-accounts/unlink?wait=30', { selection })).toMatchObject({
      job: { state: 'done' },
    });
    await driver.post('/sync/run', { full: true });
    expect(await driver.user('bjorn.aas')).toMatchObject({ online: null });
    const list = await driver.get('/online-accounts?filter=not-linked&q=bjorn');
    expect(list).toMatchObject({
      total: 1,
      items: [{ address: 'bjorn.aas@contoso.com', user: null, state: 'active' }],
    });
    const path = `/online-accounts/${list['items'][0].id}`;
    await changeWithoutUser(list['items'][0].id, premium['skuId']);
    const review = await driver.post(`${path}/assign?dryRun=true`, { userId: id });
    expect(review['plan'].items[0].actions[0]).toMatchObject({ type: 'link.create' });
    const { items: matches } = await driver.get('/online-accounts/matches?q=bjorn.aas');
    expect(matches).toMatchObject([{ userId: id, ambiguous: false, accounts: [{ id: list['items'][0].id }] }]);
    const pair = { userId: id, onlineAccountId: list['items'][0].id };
    expect(await driver.post('/online-accounts/match', { pairs: [pair, pair] })).toMatchObject({
      code: 'online-accounts.pair-repeated',
    });
    expect(await driver.post('/online-accounts/match?wait=30', { pairs: [pair] })).toMatchObject({
      job: { state: 'done' },
    });
    expect((await driver.get('/online-accounts/matches?q=bjorn.aas'))['items']).toEqual([]);
    expect(await driver.get(path)).toMatchObject({ user: { id, userName: 'bjorn.aas' }, state: 'active' });
    const again = await driver.post(`${path}/assign`, { userId: (await driver.user('grace.hopper')).id });
    expect(again).toMatchObject({ code: 'users.link-taken' });
  });

  test('gets another e-mail address, which nobody else may have, and the directory follows', async () => {
    const { online } = await driver.user('bjorn.aas');
    const path = `/online-accounts/${online?.id}/mail-addresses`;
    const before = await driver.get(path);
    const alias = 'fisheries@contoso.com';
    const taken = await driver.user('zoe.andre');
    const refused = { primaryAddress: before['primaryAddress'], aliases: [taken.online?.address ?? ''] };
    expect((await test1.api.put(`${path}?dryRun=true`, refused)).body).toMatchObject({
      plan: { items: [{ blocked: { code: 'online.address-taken' } }] },
    });
    const wanted = { primaryAddress: alias, aliases: [before['primaryAddress']] };
    expect((await test1.api.put(`${path}?wait=30`, wanted)).body).toMatchObject({ job: { state: 'done' } });
    expect(await driver.user('bjorn.aas')).toMatchObject({ mail: alias, online: { mail: alias } });
    // Exchange shows a change to others after a while.
    await until(async () => (await driver.get(path))['primaryAddress'] === alias);
    expect(await driver.get(path)).toMatchObject(wanted);
    expect((await test1.api.put(`${path}?dryRun=true`, wanted)).body).toMatchObject({
      plan: { items: [{ actions: [], blocked: null }] },
    });
    await driver.post('/sync/run', { full: true });
    expect(await driver.user('bjorn.aas')).toMatchObject({ mail: alias, online: { mail: alias } });
  });

  test('leaves: both sides are closed, licenses and groups taken, and all of it given back when the person stays', async () => {
    const { id, online } = await driver.user('bjorn.aas');
    const path = `/users/${id}`;
    const mailbox = `/online-accounts/${online?.id}/mail-addresses`;
    const groups = (body: Body) => body['groups'].map((group: Body) => group['name']);
    // Made by another tool where Isthmus may change nothing.
    await test1.controller.exec(['samba-tool', 'group', 'add', 'Choir']);
    await test1.controller.exec(['samba-tool', 'group', 'addmembers', 'Choir', 'bjorn.aas']);
    await until(async () => groups(await driver.get(path)).includes('Choir'));
    expect(groups(await driver.get(path))).toContain('Engineering');
    const before = await driver.get(path);
    const mail = { shareMailbox: true, hide: true, forwardTo: 'zoe.andre@contoso.com' };
    const request = { selection: { ids: [id] }, removeAfterDays: 30, ...mail };
    const review = await driver.post('/users/offboard?dryRun=true', request);
    expect(review['plan'].warnings.map((warning: Body) => warning['code'])).toEqual(['users.offboard-removal']);
    const { job } = await driver.post('/users/offboard?wait=30', request);
    expect(job).toMatchObject({ state: 'failed' });
    expect((await driver.get(`/jobs/${job.id}/items`))['items']).toMatchObject([
      { step: 'directory.remove-from-group', problem: { code: 'directory.not-permitted' } },
    ]);
    // Everything else was done nevertheless.
    expect(await driver.get(path)).toMatchObject({
      state: 'inactive',
      groups: [{ name: 'Choir' }],
      online: { state: 'blocked', hold: 'off-boarded', licenses: [] },
      offboarding: { groups: expect.arrayContaining(['Choir', 'Engineering']), removeAt: expect.any(String) },
    });
    await until(async () => (await driver.get(mailbox))['hidden'] === true);
    expect(await driver.get(mailbox)).toMatchObject({
      primaryAddress: expect.any(String),
      hidden: true,
      forwardTo: mail.forwardTo,
    });
    await test1.controller.exec(['samba-tool', 'group', 'removemembers', 'Choir', 'bjorn.aas']);
    await until(async () => groups(await driver.get(path)).length === 0);
    expect(await driver.users('&filter=leaving')).toMatchObject([{ id }]);
    // Nothing is left for a second time, and no pass gives anything back.
    const again = await driver.post('/users/offboard?dryRun=true', request);
    expect(again['plan'].items).toMatchObject([{ actions: [], blocked: null }]);
    await driver.post('/sync/run', { full: true });
    expect(await driver.user('bjorn.aas')).toMatchObject({ online: { state: 'blocked', licenses: [] } });

    // The group of the other tool is asked for again, in vain; the person is whole otherwise.
    await driver.post('/users/activate?wait=30', { selection: { ids: [id] } });
    const back = await driver.get(path);
    expect(back).toMatchObject({ state: 'active', offboarding: null, online: { state: 'active', hold: null } });
    expect([...groups(back), 'Choir'].toSorted()).toEqual(groups(before).toSorted());
    expect(back['online'].licenses).toEqual(before['online'].licenses);
    await until(async () => (await driver.get(mailbox))['hidden'] === false);
    expect(await driver.get(mailbox)).toMatchObject({ hidden: false, forwardTo: null });
  });

  test('is not called in step when another tool sets a password that nobody captures', async () => {
    // What is set within a second of the known one counts as the known one.
    await setTimeout(1_100);
    const newPassword = '--newpassword=Set-Behind-Our-Back-1';
    await test1.controller.exec(['samba-tool', 'user', 'setpassword', 'grace.hopper', newPassword]);
    const grace = await until(async () => {
      const row = await driver.user('grace.hopper');
      return row.password.state !== 'in-step' && row;
    });
    expect(grace.password).toMatchObject({ state: 'waiting', reason: { code: 'passwords.not-captured' } });
  });

  test('is removed on both sides and comes back linked', async () => {
    const { id } = await driver.user('grace.hopper');
    const removed = await driver.post('/users/remove?wait=30', { selection: { ids: [id] } });
    expect(removed).toMatchObject({ job: { state: 'done' } });
    const [gone] = await driver.users('&filter=removed');
    expect(gone).toMatchObject({ id, state: 'removed', online: { state: 'removed' } });
    const restored = await driver.post(`/users/${id}/restore?wait=30`);
    expect(restored).toMatchObject({ job: { state: 'done' } });
    const back = await driver.user('grace.hopper');
    expect(back.id).not.toBe(id);
    expect(back).toMatchObject({
      state: 'active',
      online: { address: 'grace.hopper@contoso.com', signInAllowed: true },
    });
    expect(await driver.users('&filter=removed')).toEqual([]);
  });

  test('of the help desk may reset passwords, but not an administrator’s, and no more', async () => {
    const helpDesk = await test1.signIn(test1.controller.guide.helpDeskMember?.userName ?? '');
    const administrator = await driver.user(test1.controller.guide.dashboardAdministrator?.userName ?? '');
    const password = 'Totally-New-2026';
    const refused = await helpDesk.post(`/users/${administrator.id}/reset-password`, { password });
    expect(refused.body).toMatchObject({ code: 'users.administrator-password' });
    const { id } = await driver.user('grace.hopper');
    expect((await helpDesk.post(`/users/${id}/reset-password?wait=30`, { password })).body).toMatchObject({
      job: { state: 'done' },
    });
    expect((await helpDesk.post('/users/deactivate', { selection: { ids: [id] } })).status).toBe(403);
    expect((await helpDesk.post('/online-accounts/unassign', { selection: { ids: [id] } })).status).toBe(403);
    const lock = await helpDesk.post('/users/lock', { selection: { ids: [administrator.id] } });
    expect(lock.body).toMatchObject({ code: 'users.administrator-lock' });
  });

  test('cannot lock oneself out', async () => {
    const { id } = await driver.user(test1.controller.guide.dashboardAdministrator?.userName ?? '');
    expect(await driver.post('/users/deactivate', { selection: { ids: [id] } })).toMatchObject({
      code: 'users.yourself',
    });
  });
});

test('Home tells what is left to do', async () => {
  const home = await driver.get('/home');
  const tasks = Object.fromEntries(home['tasks'].map((task: Body) => [task['id'], task['state']]));
  expect(tasks).toMatchObject({
    'connect-directory': 'done',
    integrate: 'done',
    'second-administrator': 'not-started',
  });
  expect(home['counts'].linked).toBeGreaterThan(20);
  expect(home['health'].find((each: Body) => each['id'] === 'microsoft365')).toMatchObject({ state: 'good' });
});
