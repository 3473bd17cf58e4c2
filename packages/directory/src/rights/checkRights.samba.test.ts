import { Secret } from '@isthmus/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Directory } from '../Directory.ts';
import { connectLdapDirectory } from '../index.ts';
import { addServiceAccount, SERVICE_PASSWORD, startDirectory, type TestDirectory } from '../testing/startDirectory.ts';

let fixture: TestDirectory;
beforeAll(async () => {
  fixture = await startDirectory();
});
afterAll(() => fixture.stop());

async function connectAs(name: string): Promise<Directory> {
  const bindDn = await addServiceAccount(fixture.administrator, fixture.controller.baseDn, name);
  return connectLdapDirectory({ ...fixture.config, bindDn, bindPassword: new Secret(SERVICE_PASSWORD) });
}

const granted = async (directory: Directory, managedOu: string): Promise<readonly string[]> =>
  (await directory.checkRights(managedOu)).filter((check) => check.granted).map((check) => check.right);

async function checkAccounts(): Promise<readonly string[]> {
  const { changed } = await fixture.directory.readChanges();
  return changed.map((user) => user.userName).filter((name) => name.startsWith('isthmus-check-'));
}

test('an administrator has every right, and the check leaves nothing behind', async () => {
  const checks = await fixture.directory.checkRights(fixture.containerDn);
  expect(checks.filter((check) => !check.granted)).toEqual([]);
  expect(await checkAccounts()).toEqual([]);
});

test('an account without rights gets each of them by the printed Samba command', async () => {
  const directory = await connectAs('svc-plain');
  try {
    const before = await directory.checkRights(fixture.containerDn);
    expect(before.filter((check) => check.granted).map((check) => check.right)).toEqual(['read-users']);
    for (const check of before.filter((each) => !each.granted)) {
      expect(check.evidence, check.right).not.toBe('');
      for (const command of check.commands.samba) await fixture.controller.exec(['sh', '-c', command]);
      expect(await granted(directory, fixture.containerDn), check.right).toContain(check.right);
    }
    const after = await directory.checkRights(fixture.containerDn);
    expect(after.filter((check) => !check.granted)).toEqual([]);
    expect(await checkAccounts()).toEqual([]);
    const elsewhere = await directory.checkRights(fixture.otherContainerDn);
    expect(elsewhere.filter((check) => check.granted).map((check) => check.right)).toEqual([
      'read-users',
      'replicate-changes',
    ]);
    // No group is there to look at, so the inherited permission itself is read.
    const members = elsewhere.find((check) => check.right === 'write-members');
    for (const command of members?.commands.samba ?? []) await fixture.controller.exec(['sh', '-c', command]);
    expect(await granted(directory, fixture.otherContainerDn)).toContain('write-members');
  } finally {
    await directory.close();
  }
});

test('the Windows commands name the account, the attribute and the class', async () => {
  const checks = await fixture.directory.checkRights(fixture.otherContainerDn);
  const commands = (right: string): readonly string[] =>
    checks.find((check) => check.right === right)?.commands.windows ?? [];
  const { otherContainerDn, controller } = fixture;
  const account = `${controller.domain}\\Administrator`;
  expect(commands('unlock')).toEqual([`dsacls '${otherContainerDn}' /I:S /G '${account}:RPWP;lockoutTime;user'`]);
  expect(commands('create-users')).toEqual([`dsacls '${otherContainerDn}' /I:T /G '${account}:CC;user'`]);
  expect(commands('replicate-changes')).toEqual([
    `dsacls '${controller.baseDn}' /G '${account}:CA;Replicating Directory Changes'`,
  ]);
});

test('an organizational unit that does not exist is named as the reason', async () => {
  await expect(fixture.directory.checkRights(`OU=Nowhere,${fixture.controller.baseDn}`)).rejects.toMatchObject({
    code: 'directory.container-not-found',
  });
});
