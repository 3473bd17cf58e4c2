import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Emulator } from '../index.ts';
import { CommandLine, microsoftHosts } from '../testing/CommandLine.ts';
import { makeClientCertificate } from '../testing/certificates.ts';
import { startTrusted } from '../testing/TestTenant.ts';

const sharePoint = '00000003-0000-0ff1-ce00-000000000000';
const businessPremium = 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46';
const team = 'https://contoso.sharepoint.com/sites/team';
const library = 'Shared Documents';
// Commands take their seconds, and many of them are run one after the other.
const slow = { timeout: 300_000 };

let emulator: Emulator;
let signedIn: CommandLine;
const forks: CommandLine[] = [];

beforeAll(async () => {
  emulator = await startTrusted({
    hostNames: microsoftHosts,
    seed: {
      users: ['ada', 'bob'].map((name) => ({
        userPrincipalName: name,
        displayName: name,
        usageLocation: 'US',
        licenses: name === 'bob' ? ['SPB'] : [],
      })),
      sites: [
        {
          path: 'sites/team',
          displayName: 'Team',
          members: ['ada'],
          files: [{ path: 'Reports/May.txt', text: 'May' }],
        },
      ],
    },
  });
  const certificate = await makeClientCertificate();
  const { appId } = emulator.control.addApplication({
    displayName: 'CLI',
    certificatePem: certificate.pem,
    permissions: [
      'User.ReadWrite.All',
      'User.DeleteRestore.All',
      'LicenseAssignment.ReadWrite.All',
      'Organization.Read.All',
      'Group.ReadWrite.All',
      'Directory.Read.All',
      'Domain.ReadWrite.All',
      'ServiceHealth.Read.All',
      'ServiceMessage.Read.All',
      'Sites.FullControl.All',
      'Exchange.ManageAsApp',
      `${sharePoint}/Sites.FullControl.All`,
    ],
    roles: ['Global Administrator'],
  });
  signedIn = await CommandLine.signIn(emulator, appId, certificate);
}, 300_000);
afterAll(async () => {
  for (const cli of [signedIn, ...forks]) cli.dispose();
  await emulator.close();
});

function commandLine(): CommandLine {
  const cli = signedIn.fork();
  forks.push(cli);
  return cli;
}

const upn = (name: string): string => `${name}@${emulator.initialDomain}`;

function pluck(objects: readonly Readonly<Record<string, unknown>>[], name: string): unknown[] {
  return objects.map((object) => object[name]);
}

function seatsTaken(): number | undefined {
  return emulator.control.tenants[0]?.licenses.find(({ skuPartNumber }) => skuPartNumber === 'SPB')?.taken;
}

describe.concurrent('the CLI for Microsoft 365', () => {
  test('administers people', slow, async () => {
    const cli = commandLine();
    expect(await cli.run('status')).toMatchObject({ connectedAs: 'CLI', appTenant: emulator.tenantId });
    const secret = ['--password', 'Sunny-Meadow-43', '--usageLocation', 'US'];
    const eve = await cli.run('entra user add', '--userName', upn('eve'), '--displayName', 'Eve', ...secret);
    expect(eve).toMatchObject({ userPrincipalName: upn('eve'), mail: null });
    await cli.run('entra user set', '--id', eve.id, '--jobTitle', 'Builder', '--department', 'Works');
    expect(await cli.run('entra user get', '--userName', upn('eve'), '--properties', 'department')).toMatchObject({
      department: 'Works',
    });
    const users = await cli.run('entra user list', '--properties', 'userPrincipalName,jobTitle');
    expect(users).toContainEqual({ userPrincipalName: upn('eve'), jobTitle: 'Builder' });
    await cli.run('entra user remove', '--id', eve.id, '--force');
    expect(pluck(await cli.run('entra user recyclebinitem list'), 'id')).toEqual([eve.id]);
    await cli.run('entra user recyclebinitem restore', '--id', eve.id);
    expect(emulator.control.tenants[0]?.deletedUsers).toBe(0);
  });

  test('administers licenses', slow, async () => {
    const cli = commandLine();
    const skus = await cli.run('entra license list');
    expect(pluck(skus, 'skuPartNumber')).toEqual(['SPB', 'O365_BUSINESS_ESSENTIALS', 'FLOW_FREE']);
    await cli.run('entra user license add', '--userName', upn('ada'), '--ids', businessPremium);
    expect(seatsTaken()).toBe(2);
    await cli.run('entra user license remove', '--userName', upn('ada'), '--ids', businessPremium, '--force');
    expect(seatsTaken()).toBe(1);
  });

  test('administers groups', slow, async () => {
    const cli = commandLine();
    const makers = await cli.run('entra group add', '--displayName', 'Makers', '--type', 'security');
    expect(makers).toMatchObject({ securityEnabled: true, mailEnabled: false });
    await cli.run('entra group member add', '--groupId', makers.id, '--userNames', upn('bob'), '--role', 'Member');
    const members = await cli.run('entra group member list', '--groupId', makers.id);
    expect(members).toEqual([expect.objectContaining({ userPrincipalName: upn('bob'), roles: ['Member'] })]);
    await cli.run('entra m365group add', '--displayName', 'Builders', '--mailNickname', 'builders');
    expect(pluck(await cli.run('entra m365group list'), 'displayName')).toEqual(['Builders']);
    expect(pluck(await cli.run('entra group list'), 'displayName')).toEqual(
      expect.arrayContaining(['Makers', 'Builders']),
    );
  });

  test('administers sites', slow, async () => {
    const cli = commandLine();
    const at = ['--webUrl', team];
    expect(await cli.run('spo web get', '--url', team)).toMatchObject({ Title: 'Team', Url: team });
    await cli.run('spo list add', ...at, '--title', 'Plans', '--baseTemplate', 'GenericList');
    expect(pluck(await cli.run('spo list list', ...at), 'Title')).toEqual(
      expect.arrayContaining(['Plans', 'Documents']),
    );
    await cli.run('spo user ensure', ...at, '--userName', upn('bob'));
    expect(pluck(await cli.run('spo group list', ...at), 'Title')).toContain('Team Members');
  });

  test('works with files', slow, async () => {
    const cli = commandLine();
    const at = ['--webUrl', team];
    await cli.run('spo folder add', ...at, '--parentFolderUrl', library, '--name', 'Plans');
    const folder = ['--folder', `${library}/Plans`];
    const path = cli.file('Work.txt', 'A plan');
    await cli.run('spo file add', ...at, ...folder, '--path', path, '--overwrite', 'true');
    const all = await cli.run('spo file list', ...at, '--folderUrl', library, '--recursive');
    expect(pluck(all, 'Name').sort()).toEqual(['May.txt', 'Work.txt']);
    const url = `/sites/team/${library}/Plans/Work.txt`;
    expect(await cli.run('spo file get', ...at, '--url', url, '--asString')).toBe('A plan');
    await cli.run('spo file remove', ...at, '--url', url, '--recycle', '--force');
    expect(pluck(await cli.run('spo site recyclebinitem list', '--siteUrl', team), 'LeafName')).toEqual(['Work.txt']);
  });

  test('shows the tenant and the health of its services', slow, async () => {
    const cli = commandLine();
    const [organization] = await cli.run('entra organization list');
    expect(organization).toMatchObject({ id: emulator.tenantId, displayName: 'Contoso' });
    const health = await cli.run('tenant serviceannouncement health list');
    expect(pluck(health, 'service')).toEqual(expect.arrayContaining(['Exchange Online', 'SharePoint Online']));
  });

  test('calls Graph and Exchange under their own names', slow, async () => {
    const cli = commandLine();
    const page = await cli.run('request', '--url', 'https://graph.microsoft.com/v1.0/users?$top=1');
    expect(page['@odata.nextLink']).toMatch(/^https:\/\/graph\.microsoft\.com\/v1\.0\/users\?/);
    const domain = JSON.stringify({ id: 'contoso.example' });
    const post = ['--method', 'post', '--content-type', 'application/json', '--body'];
    await cli.run('request', '--url', 'https://graph.microsoft.com/v1.0/domains', ...post, domain);
    const domains = await cli.run('request', '--url', 'https://graph.microsoft.com/v1.0/domains');
    expect(domains.value).toContainEqual(expect.objectContaining({ id: 'contoso.example', isVerified: false }));
    const exchange = `https://outlook.office365.com/adminapi/beta/${emulator.tenantId}/InvokeCommand`;
    const invoke = (CmdletName: string, Parameters: object): ReturnType<CommandLine['run']> =>
      cli.run('request', '--url', exchange, ...post, JSON.stringify({ CmdletInput: { CmdletName, Parameters } }));
    await invoke('New-DistributionGroup', { Name: 'Everybody', Members: [upn('bob')], ManagedBy: upn('bob') });
    const members = await invoke('Get-DistributionGroupMember', { Identity: 'Everybody' });
    expect(pluck(members.value, 'PrimarySmtpAddress')).toEqual([upn('bob')]);
    expect(members['@odata.context']).toMatch(/^https:\/\/outlook\.office365\.com\//);
  });
});

test('these are many different commands', () => {
  process.stdout.write(`@pnp/cli-microsoft365: ${signedIn.usedCommands.size} different commands\n`);
  expect(signedIn.usedCommands.size).toBeGreaterThanOrEqual(32);
});
