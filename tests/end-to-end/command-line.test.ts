import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { UserDetails } from '@isthmus/contracts';
import { beforeAll, expect, test } from 'vitest';
import { kpasswd } from '../support/changePassword.ts';
import { disable } from '../support/directoryChanges.ts';
import { cliProgram, runCli } from '../support/runCli.ts';
import { signInAtCloud } from '../support/signInAtCloud.ts';
import { startTestSandbox, type TestSandbox } from '../support/TestSandbox.ts';
import { until } from '../support/until.ts';

let sandbox: TestSandbox;
let home: string;

const isthmus = (given: readonly string[], input?: string) => runCli(home, given, input);
const show = async (name: string): Promise<UserDetails> =>
  (await isthmus(['user', 'show', name, '--json'])).json() as UserDetails;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'isthmus-cli-'));
  sandbox = await startTestSandbox();
  return async () => {
    await sandbox.stop();
    await rm(home, { recursive: true, force: true });
  };
});

test('without a sign-in every command says what to do and ends with 2', async () => {
  const result = await isthmus(['user', 'list']);
  expect(result).toMatchObject({ exitCode: 2, stdout: '' });
  expect(result.stderr).toContain('isthmus login');
});

test('a wrong password is told and ends with 1', async () => {
  const { url, caFile, username } = sandbox.ready.dashboard;
  const result = await isthmus(['login', '--url', url, '--ca-file', caFile, '--user', username], 'not-the-password');
  expect(result.exitCode).toBe(1);
  expect(result.stderr).toContain('session.wrong-name-or-password');
});

test('login takes the password from a pipe', async () => {
  const { url, caFile, username, password } = sandbox.ready.dashboard;
  const result = await isthmus(['login', '--url', url, '--ca-file', caFile, '--user', username, '--json'], password);
  expect(result, result.stderr).toMatchObject({ exitCode: 0 });
  expect(result.json()).toMatchObject({ role: 'administrator' });
  expect(result.stdout + result.stderr).not.toContain(password);
});

test('the requirements are met', async () => {
  const result = await isthmus(['integration', 'check', '--json']);
  expect(result, result.stdout + result.stderr).toMatchObject({ exitCode: 0 });
});

test('a tenant is integrated from the terminal', async () => {
  const child = spawn(
    process.execPath,
    [cliProgram, 'integration', 'set-up', '--yes', '--usage-location', 'US', '--json'],
    {
      env: { ...process.env, ISTHMUS_PROFILE: join(home, 'profile.json') },
      stdio: 'pipe',
    },
  );
  let said = '';
  child.stderr.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const [, uri, code] = await until(
    'the code is shown',
    async () => /Open (\S+) and type the code (\S+)/.exec(said) ?? undefined,
  );
  await signInAtCloud(uri ?? '', code ?? '', sandbox.ready.emulator.administrator);
  expect(await ended, said).toBe(0);
  const status = await isthmus(['integration', 'status', '--json']);
  expect(status.json()).toMatchObject({ state: 'integrated', tenant: { tenantId: sandbox.ready.emulator.tenantId } });
});

test('a dry run of the bulk creation shows the plan and changes nothing', async () => {
  const result = await isthmus(['online-account', 'bulk-create', '--all', '--license', 'SPB', '--dry-run', '--json']);
  expect(result, result.stderr).toMatchObject({ exitCode: 0 });
  const plan = result.json() as { items: unknown[]; counts: Record<string, number> };
  expect(plan.counts['online.create']).toBe(plan.items.length);
  expect((await show('bjorn.aas')).online).toBeNull();
});

test('bulk creation gives everybody active an online account', async () => {
  const result = await isthmus(['online-account', 'bulk-create', '--all', '--license', 'SPB', '--json']);
  expect(result, result.stdout + result.stderr).toMatchObject({ exitCode: 0 });
  const job = result.json() as { counts: { total: number; done: number; failed: number } };
  expect(job.counts).toMatchObject({ failed: 0, done: job.counts.total });
  const inactive = sandbox.directory.guide.people.filter((person) =>
    ['tom.becker', 'elena.rossi', 'lukas.weiss'].includes(person.userName),
  );
  expect(job.counts.total).toBe(sandbox.directory.guide.people.length - inactive.length);
  expect((await show('bjorn.aas')).online).toMatchObject({ state: 'active' });
});

test('a password changed with kpasswd works online and is shown in step', async () => {
  const person = sandbox.directory.guide.people.find(({ userName }) => userName === 'priya.raman');
  const newPassword = 'Kingfisher-4-Lagoon';
  const { krb5ConfigFile } = sandbox.directory;
  const changedAt = Date.now();
  await kpasswd(
    { krb5ConfigFile, realm: sandbox.ready.directory.realm },
    'priya.raman',
    person?.password ?? '',
    newPassword,
  );
  const address = (await show('priya.raman')).online?.address ?? '';
  // The state is asked for, not the sign-in: ten early wrong attempts would lock the account online.
  const inStep = await until('the password is in step', async () => {
    const user = await show('priya.raman');
    return user.password.state === 'in-step' && Date.parse(user.password.since ?? '') >= changedAt ? user : undefined;
  });
  expect(await sandbox.signInOnline(address, newPassword)).toBe('ok');
  expect(inStep.password.delayMs).toBeGreaterThan(0);
});

test('an account disabled by another tool is blocked online, and the timeline says so', async () => {
  const person = sandbox.directory.guide.people.find(({ userName }) => userName === 'zoe.andre');
  await disable(sandbox.ldap, person?.dn ?? '');
  await until('the online account is blocked', async () => (await show('zoe.andre')).online?.signInAllowed === false);
  await until('the timeline says so', async () => {
    const { items } = (await isthmus(['user', 'timeline', 'zoe.andre', '--json'])).json() as {
      items: { event: string }[];
    };
    return items.some(({ event }) => event === 'online.sign-in-blocked');
  });
});

test('activating in the terminal turns both sides on again', async () => {
  const result = await isthmus(['user', 'activate', 'zoe.andre', '--json']);
  expect(result, result.stdout + result.stderr).toMatchObject({ exitCode: 0 });
  await until('sign-in is allowed again', async () => (await show('zoe.andre')).online?.signInAllowed === true);
});

test('an online account is unassigned, given back, unlinked and found again', async () => {
  const good = async (...given: string[]) => {
    const result = await isthmus([...given, '--json']);
    expect(result, result.stdout + result.stderr).toMatchObject({ exitCode: 0 });
    return result.json();
  };
  const { online } = await show('zoe.andre');
  const address = online?.address ?? '';
  await good('online-account', 'unassign', 'zoe.andre');
  const blocked = await good('online-account', 'list', '--filter', 'blocked', '--search', 'zoe');
  expect(blocked).toMatchObject({ total: 1, items: [{ address, hold: 'unassigned', licenses: [] }] });
  await good('online-account', 'activate', 'zoe.andre');
  expect(await show('zoe.andre')).toMatchObject({ online: { state: 'active', signInAllowed: true } });
  await good('online-account', 'unlink', 'zoe.andre');
  expect(await good('online-account', 'show', address)).toMatchObject({ user: null });
  const csv = await isthmus(['online-account', 'list', '--filter', 'not-linked', '--csv']);
  expect(csv.stdout).toContain(address);
  expect(await good('online-account', 'match')).toMatchObject({ items: [{ userName: 'zoe.andre' }] });
  await good('online-account', 'match', '--accept-all', '--by', 'name');
  expect(await show('zoe.andre')).toMatchObject({ online: { address, signInAllowed: true } });
});

test('a compromised account is locked with one command', async () => {
  const plan = await isthmus(['user', 'lock', 'zoe.andre', '--dry-run']);
  expect(plan.stdout).toContain('zoe.andre');
  const locked = await isthmus(['user', 'lock', 'zoe.andre', '--json']);
  expect(locked, locked.stdout + locked.stderr).toMatchObject({ exitCode: 0 });
  expect(await show('zoe.andre')).toMatchObject({ state: 'inactive', online: { hold: 'locked', state: 'blocked' } });
  expect(await isthmus(['user', 'activate', 'zoe.andre'])).toMatchObject({ exitCode: 0 });
  expect(await show('zoe.andre')).toMatchObject({ state: 'active', online: { hold: null, signInAllowed: true } });
});

test('e-mail addresses are shown, added and changed', async () => {
  const domain = sandbox.ready.emulator.initialDomain;
  const alias = `sales@${domain}`;
  expect((await isthmus(['user', 'addresses', 'zoe.andre'])).stdout).toContain(`zoe.andre@${domain}`);
  const plan = await isthmus(['user', 'addresses', 'zoe.andre', '--add', alias, '--dry-run']);
  expect(plan.stdout).toContain('online.set-addresses');
  const strange = await isthmus(['user', 'addresses', 'zoe.andre', '--add', 'zoe@unknown.example']);
  expect(strange).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('online.domain-not-verified') });
  expect(await isthmus(['user', 'addresses', 'zoe.andre', '--primary', alias])).toMatchObject({ exitCode: 0 });
  expect(await show('zoe.andre')).toMatchObject({ online: { mail: alias } });
  // Exchange shows a change to others after a while.
  await until('Exchange shows the new address', async () =>
    (await isthmus(['user', 'addresses', 'zoe.andre'])).stdout.includes(alias),
  );
  const back = ['user', 'addresses', 'zoe.andre', '--primary', `zoe.andre@${domain}`, '--remove', alias];
  expect(await isthmus(back)).toMatchObject({ exitCode: 0 });
});

test('an online account that no user has is blocked, renamed and licensed by its address', async () => {
  const address = `zoe.andre@${sandbox.ready.emulator.initialDomain}`;
  const run = async (...words: string[]) => {
    const result = await isthmus(words);
    expect(result, words.join(' ') + result.stdout + result.stderr).toMatchObject({ exitCode: 0 });
    return result.stdout;
  };
  const account = async () => JSON.parse(await run('online-account', 'show', address, '--json'));
  await run('online-account', 'unlink', 'zoe.andre');
  const plan = await run('online-account', 'deactivate', address, '--dry-run');
  expect(plan).toContain('online.block-sign-in');
  await run('online-account', 'deactivate', address);
  expect(await account()).toMatchObject({ user: null, state: 'blocked' });
  await run('online-account', 'activate', address);
  await run('license', 'unassign', 'SPB', address);
  expect(await account()).toMatchObject({ signInAllowed: true, licenses: [] });
  await run('license', 'assign', 'SPB', address);
  const other = address.replace('zoe.andre', 'z.andre');
  await run('online-account', 'rename', address, other);
  expect(await run('user', 'addresses', other)).toContain(address);
  await run('online-account', 'rename', other, address);
  await run('online-account', 'assign', address, 'zoe.andre');
  expect(await show('zoe.andre')).toMatchObject({ state: 'active', online: { address, signInAllowed: true } });
});

test('an online account is renamed alone, and names move to another domain', async () => {
  const { online } = await show('zoe.andre');
  const before = online?.address ?? '';
  const domain = sandbox.ready.emulator.initialDomain;
  const wrong = await isthmus(['online-account', 'rename', 'zoe.andre', `bjorn.aas@${domain}`]);
  expect(wrong).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('online.address-taken') });
  expect(await isthmus(['online-account', 'rename', 'zoe.andre', `zoe@${domain}`])).toMatchObject({ exitCode: 0 });
  expect(await show('zoe.andre')).toMatchObject({ userName: 'zoe.andre', online: { address: `zoe@${domain}` } });
  expect(await isthmus(['online-account', 'rename', 'zoe.andre', before])).toMatchObject({ exitCode: 0 });
  const nobody = await isthmus(['online-account', 'rename', 'nobody@unknown.example', `zoe@${domain}`]);
  expect(nobody).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('neither a person nor') });
  const unknown = await isthmus(['user', 'change-domain', '--all', '--online', 'unknown.example', '--dry-run']);
  expect(unknown).toMatchObject({ exitCode: 1 });
  const idle = await isthmus(['user', 'change-domain', 'zoe.andre', '--online', domain, '--dry-run']);
  expect(idle).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Nothing would be changed') });
  expect(await isthmus(['user', 'change-domain', '--online', domain])).toMatchObject({ exitCode: 2 });
});

test('somebody who leaves is off-boarded with one command, and stays after all with another', async () => {
  const plan = await isthmus(['user', 'offboard', 'zoe.andre', '--remove-after', '30', '--dry-run']);
  expect(plan.stdout).toContain('offboarding.begin');
  expect(plan.stdout).toContain('Both accounts are removed on');
  expect(await isthmus(['user', 'offboard', 'zoe.andre', '--remove-after', 'soon'])).toMatchObject({ exitCode: 2 });
  const before = await show('zoe.andre');
  const gone = await isthmus(['user', 'offboard', 'zoe.andre', '--remove-after', '30', '--json']);
  expect(gone, gone.stdout + gone.stderr).toMatchObject({ exitCode: 0 });
  expect(await show('zoe.andre')).toMatchObject({
    state: 'inactive',
    groups: [],
    online: { hold: 'off-boarded', licenses: [] },
    offboarding: { groups: before.groups.map(({ name }) => name) },
  });
  expect((await isthmus(['user', 'show', 'zoe.andre'])).stdout).toContain('Leaves');
  expect(await isthmus(['user', 'activate', 'zoe.andre'])).toMatchObject({ exitCode: 0 });
  expect(await show('zoe.andre')).toMatchObject({
    state: 'active',
    groups: before.groups,
    offboarding: null,
    online: { hold: null, licenses: before.online?.licenses },
  });
});

test('a template gives new people what they have in common', async () => {
  const domain = sandbox.ready.emulator.initialDomain;
  const [group] = (await show('zoe.andre')).groups;
  const save = ['user', 'template', 'save', 'Sales'];
  expect(await isthmus([...save, '--online', 'unknown.example'])).toMatchObject({ exitCode: 1 });
  const given = ['--department', 'Sales', '--group', group?.dn ?? '', '--online', domain, '--license', 'SPB'];
  expect(await isthmus([...save, ...given])).toMatchObject({ exitCode: 0, stdout: 'Made the template Sales.\n' });
  expect((await isthmus(['user', 'template', 'list'])).stdout).toContain(`@${domain}`);
  const add = ['user', 'add', 'mary.somerville', '--display-name', 'Mary Somerville', '--template', 'sales'];
  const added = await isthmus([...add, '--json'], 'Orrery-9-Meadow');
  expect(added, added.stdout + added.stderr).toMatchObject({ exitCode: 0 });
  expect(await show('mary.somerville')).toMatchObject({
    department: 'Sales',
    groups: [group],
    online: { address: `mary.somerville@${domain}`, licenses: [{ inherited: false }] },
  });
  expect(await isthmus(['user', 'template', 'remove', 'Sales'])).toMatchObject({ exitCode: 0 });
  expect(await isthmus(['user', 'template', 'show', 'Sales'])).toMatchObject({ exitCode: 2 });
});

test('a person added with an online account can sign in on both sides at once', async () => {
  const password = 'Juniper-7-Harbour';
  const address = `ada.lovelace@${sandbox.ready.emulator.initialDomain}`;
  const result = await isthmus(
    [
      'user',
      'add',
      'ada.lovelace',
      '--given-name',
      'Ada',
      '--surname',
      'Lovelace',
      '--online',
      address,
      '--license',
      'SPB',
      '--json',
    ],
    password,
  );
  expect(result, result.stdout + result.stderr).toMatchObject({ exitCode: 0 });
  expect(await sandbox.signInOnline(address, password)).toBe('ok');
});

test('removing takes both accounts, restoring brings the online one back', async () => {
  expect(await isthmus(['user', 'remove', 'ada.lovelace', '--json'])).toMatchObject({ exitCode: 0 });
  const removed = await until('the person is removed', async () => {
    const page = (await isthmus(['user', 'list', '--filter', 'removed', '--json'])).json() as { items: UserDetails[] };
    return page.items.find((user) => user.userName === 'ada.lovelace');
  });
  const restored = await isthmus(['user', 'restore', removed.id, '--json']);
  expect(restored, restored.stdout + restored.stderr).toMatchObject({ exitCode: 0 });
  await until(
    'the online account is active again',
    async () => (await show('ada.lovelace')).online?.state === 'active',
  );
});

test('the people of a file are added, once, and their first passwords shown, once', async () => {
  const path = join(home, 'people.csv');
  const template = await isthmus(['user', 'import-template']);
  expect(template.stdout).toContain('userName,givenName');
  await writeFile(path, 'Vorname;Nachname;Team\nKatherine;Johnson;Trajectories\nMary;Jackson;Tunnel\n');
  const command = ['user', 'import', path, '--map', 'Team=department'];
  const plan = await isthmus([...command, '--dry-run', '--json']);
  expect(plan.json()).toMatchObject({ counts: { 'directory.add-user': 2 } });
  expect((await isthmus([...command, '--show-passwords', '--json'])).exitCode).toBe(2);
  const done = await isthmus([...command, '--show-passwords']);
  expect(done, done.stdout + done.stderr).toMatchObject({ exitCode: 0 });
  expect(done.stdout).toMatch(/katherine\.johnson\s+\S+\s+[A-Z][a-z]\d(-[A-Z][a-z]\d){4}/);
  expect(await show('mary.jackson')).toMatchObject({ department: 'Tunnel' });
  const again = (await isthmus([...command, '--json'])).json() as { id: string };
  expect(again).toMatchObject({ state: 'done', counts: { unchanged: 2 } });
  expect((await isthmus(['job', 'passwords', again.id])).stderr).toContain('imports.passwords-gone');
});

test('online accounts without a user account get one', async () => {
  const listed = (await isthmus(['online-account', 'import', '--json'])).json() as { items: { address: string }[] };
  const admin = listed.items.find(({ address }) => address.startsWith('admin@'));
  expect(admin).toMatchObject({ selected: false, warnings: [{ code: 'imports.administrator' }, {}] });
  const plan = await isthmus(['online-account', 'import', `${admin?.address}=chief`, '--dry-run']);
  expect(plan, plan.stderr).toMatchObject({ exitCode: 0 });
  expect(plan.stdout).toContain('link.create');
  expect((await isthmus(['online-account', 'import', 'nobody@example.com'])).exitCode).toBe(2);
});

test('licenses are assigned, exchanged and taken back', async () => {
  const listed = await isthmus(['license', 'list']);
  expect(listed.stdout).toMatch(/Microsoft 365 Business Premium\s+SPB/);
  expect((await isthmus(['license', 'services'])).stdout).toContain('Microsoft Teams');
  const wanted = ['license', 'assign', 'O365_BUSINESS_ESSENTIALS', 'zoe.andre', '--without', 'Microsoft Teams'];
  const plan = await isthmus([...wanted, '--dry-run']);
  expect(plan.stdout).toContain('Microsoft 365 Business Basic');
  expect(plan.stdout).toContain('Microsoft Teams');
  expect(await isthmus(wanted)).toMatchObject({ exitCode: 0 });
  const replaced = await isthmus(['license', 'replace', 'O365_BUSINESS_ESSENTIALS', 'FLOW_FREE', 'zoe.andre']);
  expect(replaced, replaced.stdout + replaced.stderr).toMatchObject({ exitCode: 0 });
  expect((await isthmus(['user', 'show', 'zoe.andre'])).stdout).toContain('Power Automate Free');
  expect(await isthmus(['license', 'unassign', 'FLOW_FREE', 'zoe.andre'])).toMatchObject({ exitCode: 0 });
  expect((await isthmus(['license', 'waiting'])).stdout).toContain('Nobody waits');
  expect(await isthmus(['license', 'assign', 'NO_SUCH_THING', 'zoe.andre'])).toMatchObject({ exitCode: 2 });
});

test('a group is made, filled, linked, unlinked and removed', async () => {
  const planned = await isthmus(['group', 'add', 'Night shift', '--dry-run']);
  expect(planned.stdout).toContain('Would change name: - -> Night shift');
  expect(await isthmus(['group', 'add', 'Night shift', '--description', 'Ovens'])).toMatchObject({ exitCode: 0 });
  expect(await isthmus(['group', 'add-member', 'Night shift', 'zoe.andre', '--group', 'Sales'])).toMatchObject({
    exitCode: 0,
  });
  const linked = await isthmus(['group', 'link', 'Night shift']);
  expect(linked, linked.stdout + linked.stderr).toMatchObject({ exitCode: 0 });
  const shown = await until('the group is in step', async () => {
    const { stdout } = await isthmus(['group', 'show', 'Night shift']);
    return stdout.includes('in-step') && stdout;
  });
  expect(shown).toMatch(/THROUGH/);
  expect((await isthmus(['group', 'list', '--filter', 'linked'])).stdout).toContain('Night shift');
  expect(await isthmus(['group', 'unlink', 'Night shift'])).toMatchObject({ exitCode: 0 });
  expect((await isthmus(['group', 'remove', 'Domain Admins'])).stderr).toContain('groups.protected');
  expect(await isthmus(['group', 'remove', 'Night shift'])).toMatchObject({ exitCode: 0 });
  expect(await isthmus(['group', 'show', 'Night shift'])).toMatchObject({ exitCode: 2 });
});

test('the password policy is shown and judged; changing it needs the right in the directory', async () => {
  const shown = await isthmus(['password-policy', 'show']);
  expect(shown.stdout).toMatch(/Least length:\s+7 characters/);
  expect(shown.stdout).toContain('passwords.policy-too-short');
  const dry = await isthmus(['password-policy', 'set', '--strength', 'strong', '--dry-run']);
  expect(dry.stdout).toContain('Would change minimumLength: 7 -> 8');
  const { password } = sandbox.ready.dashboard;
  const refused = await isthmus(['password-policy', 'set', '--strength', 'strong'], password);
  expect(refused).toMatchObject({ exitCode: 1 });
  expect(refused.stderr).toContain('directory.not-permitted');
  expect(refused.stdout + refused.stderr).not.toContain(password);
  await writeFile(join(home, 'words.txt'), 'Contoso\nIsthmus\n');
  expect((await isthmus(['password-policy', 'set-banned', join(home, 'words.txt')])).stdout).toContain('2 words');
  expect((await isthmus(['password-policy', 'banned'])).stdout).toBe('contoso\nisthmus\n');
});

test('the synchronization says what it would do before it does it', async () => {
  expect((await isthmus(['sync', 'run', '--dry-run'])).stderr).toMatch(/would be (changed|done)/);
  const paused = await isthmus(['sync', 'pause', '--dry-run']);
  expect(paused.stdout).toContain('Nothing would be written any more');
  const rule = await isthmus(['sync', 'set-drift', 'jobTitle=warn', '--dry-run']);
  expect(rule, rule.stdout + rule.stderr).toMatchObject({ exitCode: 0 });
  expect((await isthmus(['sync', 'drift'])).stdout).toMatch(/jobTitle:?\s+overwrite/);
  expect((await isthmus(['sync', 'status', '--json'])).json()).not.toMatchObject({ state: 'paused' });
  expect(await isthmus(['sync', 'approve', 'anything', '--dry-run'])).toMatchObject({ exitCode: 2 });
});

/** Everything that was mailed so far. */
async function caughtMails(): Promise<string[]> {
  const { folder } = sandbox.ready.mail;
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml')).sort();
  return Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
}

test('alerts by e-mail: settings are tried, and kept without showing the password', async () => {
  const { server, port } = sandbox.ready.mail;
  const password = 'Heron-7-Quarry';
  expect((await isthmus(['notifications', 'show'])).stdout).toContain('Nobody gets alerts by e-mail');
  expect((await isthmus(['notifications', 'test'])).stderr).toContain('notifications.off');
  const people = ['--from', 'isthmus@contoso.com', '--to', 'ada@contoso.com;ben@contoso.com', '--user', 'isthmus'];
  const set = ['notifications', 'set', '--server', server, '--encryption', 'none', ...people];
  const closed = await isthmus([...set, '--port', '1'], password);
  expect(closed).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('notifications.connection-refused') });
  const dry = await isthmus([...set, '--port', String(port), '--dry-run'], password);
  expect(dry.stdout).toContain('Nothing was sent or changed.');
  expect(await caughtMails()).toEqual([]);
  const done = await isthmus([...set, '--port', String(port)], password);
  expect(done, done.stderr).toMatchObject({ exitCode: 0 });
  expect(done.stdout).toContain('A test message was sent to ada@contoso.com, ben@contoso.com.');
  expect(await isthmus(['notifications', 'set', '--severity', 'critical'])).toMatchObject({ exitCode: 0 });
  const shown = await isthmus(['notifications', 'show', '--json']);
  expect(shown.json()).toMatchObject({ hasPassword: true, settings: { severity: 'critical', user: 'isthmus' } });
  expect(shown.stdout + done.stdout + done.stderr).not.toContain(password);
  expect(await isthmus(['notifications', 'test'])).toMatchObject({ exitCode: 0 });
  const mails = (await caughtMails()).filter((text) => text.includes('Test message'));
  expect(mails).toHaveLength(3);
  expect(mails.join()).toContain(sandbox.ready.dashboard.url);
});

/** As an administrator does it who has the text and the key of the zone. */
async function makeByHand(text: string): Promise<void> {
  const { nameServer, keyFile } = sandbox.ready.practiceDomain;
  const [host, port] = nameServer.split(':');
  const records = text.split('\n').filter((line) => / IN (TXT|MX|CNAME|SRV) /.test(line));
  const orders = records.map((line) => `update add ${line}`);
  const child = spawn('nsupdate', ['-k', keyFile], { stdio: ['pipe', 'ignore', 'inherit'] });
  child.stdin.end([`server ${host} ${port}`, ...orders, 'send', ''].join('\n'));
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
}

test('a domain is linked by hand: its proof as a text, made with nsupdate', async () => {
  const { name } = sandbox.ready.practiceDomain;
  const planned = await isthmus(['domain', 'link', `mail.${name}`, '--dry-run']);
  expect(planned.stdout).toContain('domains.below-registrable');
  const linked = await isthmus(['domain', 'link', name]);
  expect(linked, linked.stdout + linked.stderr).toMatchObject({ exitCode: 0 });
  expect(linked.stdout).toMatch(/ownership: missing\n {2}adatum\.example TXT MS=ms\d+/);
  const file = join(home, 'records.txt');
  expect(await isthmus(['domain', 'records', name, '--text', file])).toMatchObject({ exitCode: 0 });
  await makeByHand(await readFile(file, 'utf8'));
  const verified = await isthmus(['domain', 'verify', name, '--wait', '1']);
  expect(verified, verified.stdout + verified.stderr).toMatchObject({ exitCode: 0 });
  expect((await isthmus(['domain', 'list'])).stdout).toMatch(/adatum\.example\s+yes\s+records-missing/);
});

test('its records are written by the product, taken back, and written again', async () => {
  const { name, nameServer, keyFile } = sandbox.ready.practiceDomain;
  const add = ['dns-provider', 'add', 'Practice', '--kind', 'rfc2136', '--server', nameServer, '--domain', name];
  expect((await isthmus(add, 'hmac-sha256:practice:d3Jvbmc=')).stderr).toContain('dns.provider-key-refused');
  const added = await isthmus([...add, '--key-file', keyFile]);
  expect(added, added.stdout + added.stderr).toMatchObject({ exitCode: 0 });
  await isthmus(['domain', 'change', name, '--webmail', 'on']);
  const write = ['domain', 'write', name, '--provider', 'practice'];
  const dry = await isthmus([...write, '--dry-run']);
  expect(dry.stdout).toContain('+ v=spf1 mx include:spf.protection.outlook.com -all');
  expect(dry.stdout).toMatch(/\+ 20 adatum-example/);
  expect((await isthmus(write)).stdout).toContain('Not written, as other records stand at its name: webmail');
  expect((await isthmus(['domain', 'undo', name])).stdout).toContain('Taken back.');
  const written = await isthmus([...write, '--replace-conflicts']);
  expect(written, written.stdout + written.stderr).toMatchObject({ exitCode: 0 });
  expect(await isthmus(['domain', 'check', name])).toMatchObject({ exitCode: 0 });
});

test('that the domain was verified arrived by e-mail; nobody is written to any more when that is turned off', async () => {
  const { name } = sandbox.ready.practiceDomain;
  const mail = await until(
    'the news is mailed',
    async () => (await caughtMails()).find((text) => text.includes(`${name} is verified`)),
    { seconds: 120 },
  );
  expect(mail).toContain('To: ada@contoso.com, ben@contoso.com');
  expect(await isthmus(['notifications', 'off'])).toMatchObject({ exitCode: 0 });
  expect((await isthmus(['notifications', 'show'])).stdout).toContain('Nobody gets alerts by e-mail');
});

test('people get accounts at the domain; it is unlinked once nobody has a name there', async () => {
  const { name } = sandbox.ready.practiceDomain;
  expect((await isthmus(['domain', 'set-default', name])).stdout).toContain('is the default domain');
  const address = `ada.datum@${name}`;
  const person = ['ada.datum', '--given-name', 'Ada', '--surname', 'Datum', '--online', address, '--license', 'SPB'];
  const added = await isthmus(['user', 'add', ...person], 'Juniper-9-Harbour');
  expect(added, added.stdout + added.stderr).toMatchObject({ exitCode: 0 });
  expect(await show('ada.datum')).toMatchObject({ online: { address } });
  const used = await isthmus(['domain', 'unlink', name, '--yes']);
  expect(used).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('domains.default') });
  const { initialDomain } = sandbox.ready.emulator;
  await isthmus(['domain', 'set-default', initialDomain]);
  await until('the mailbox is there', async () => {
    const { stdout } = await isthmus(['user', 'addresses', 'ada.datum']);
    return stdout.includes(address);
  });
  await isthmus(['sync', 'run']);
  expect((await isthmus(['domain', 'unlink', name, '--dry-run'])).stdout).toContain(`user ${address}`);
  await isthmus(['user', 'change-domain', '--all', '--leave', name, '--online', initialDomain]);
  const done = await isthmus(['domain', 'unlink', name, '--yes']);
  expect(done, done.stdout + done.stderr).toMatchObject({ exitCode: 0 });
  expect((await isthmus(['domain', 'records', name])).stderr).toContain('domains.not-watched');
  expect(await isthmus(['dns-provider', 'remove', 'Practice'])).toMatchObject({ exitCode: 0 });
});

test('subscriptions are shown; the certificate is renewed; moving says what the other tenant needs', async () => {
  expect((await isthmus(['integration', 'subscription'])).stdout).toMatch(/Business Premium\s+enabled\s+300/);
  const renewed = await isthmus(['integration', 'rotate-certificate']);
  expect(renewed, renewed.stderr).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('good until') });
  expect((await isthmus(['integration', 'move', '--dry-run'])).stdout).toMatch(/\d+ people are unlinked/);
  expect((await isthmus(['integration', 'status'])).stdout).toMatch(/Administrator:\s+admin@/);
});

test('the integration is disabled; what stays is told before and after', async () => {
  const dry = await isthmus(['integration', 'disable', '--dry-run']);
  expect(dry.stdout).toMatch(/\d+ people: password, deactivation/);
  expect(dry.stdout).toContain('the app registration');
  expect(await isthmus(['integration', 'disable'])).toMatchObject({ exitCode: 2 });
  const done = await isthmus(['integration', 'disable', '--yes']);
  expect(done, done.stdout + done.stderr).toMatchObject({ exitCode: 0 });
  expect(done.stdout).toMatch(/The integration with .+ is disabled/);
  const { stdout } = await isthmus(['integration', 'status']);
  expect(stdout).toContain('not-integrated');
  expect(stdout).toContain('Still in the tenant: App registration');
  expect((await isthmus(['integration', 'disable', '--yes'])).stderr).toContain('integration.not-integrated');
});

test('the audit log is intact', async () => {
  expect(await isthmus(['audit', 'verify'])).toMatchObject({ exitCode: 0 });
});

test('logout ends the session', async () => {
  expect(await isthmus(['logout'])).toMatchObject({ exitCode: 0 });
  expect(await isthmus(['user', 'list'])).toMatchObject({ exitCode: 2 });
});
