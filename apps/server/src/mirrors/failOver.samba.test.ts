import { connectLdapDirectory, type Directory, type DirectoryUser } from '@isthmus/directory';
import { Secret } from '@isthmus/kernel';
import { joinTestDomainController, type SambaDomainController, startTestDomainController } from '@isthmus/sandbox';
import { afterEach, expect, test } from 'vitest';
import { PersonLocks } from '../features/people/index.ts';
import { startTestPlatform, until } from '../testing/startTestPlatform.ts';
import { findController } from './findController.ts';
import { createMirrors } from './index.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function connectTo(...controllers: SambaDomainController[]): Promise<Directory> {
  const administrator = controllers[0]?.administrator;
  const directory = await connectLdapDirectory({
    urls: controllers.map(({ ldapsUrl }) => ldapsUrl),
    caPem: controllers.map(({ caPem }) => caPem).join('\n'),
    bindDn: administrator?.dn ?? '',
    bindPassword: new Secret(administrator?.password ?? ''),
  });
  closing.push(() => directory.close());
  return directory;
}

async function addUser(directory: Directory, userName: string): Promise<DirectoryUser> {
  const { baseDn, domainName } = await directory.info();
  return directory.addUser({
    userName,
    upn: `${userName}@${domainName}`,
    displayName: userName,
    givenName: '',
    surname: '',
    password: new Secret('Gr33n-Teapot-91'),
    mustChangePassword: false,
    containerDn: `CN=Users,${baseDn}`,
  });
}

test('when the controller in use ends, the other one takes over, and only those are gone of whom it knows that', async () => {
  const [first, world] = await Promise.all([startTestDomainController(), startTestPlatform()]);
  closing.push(
    () => world.drop(),
    () => first.stop(),
  );
  const firstAlone = await connectTo(first);
  const old = await addUser(firstAlone, 'old');
  const gone = await addUser(firstAlone, 'gone');
  const second = await joinTestDomainController(first);
  closing.push(() => second.stop());

  const directory = await connectTo(first, second);
  world.connections.directory = directory;
  const late = await addUser(directory, 'late');
  const mirrors = createMirrors(world.platform, { locks: new PersonLocks(), intervals: { directoryMs: 50 } });
  closing.push(() => mirrors.stop());
  await mirrors.start();
  const people = async (): Promise<string[]> => {
    const known = world.database.selectFrom('directory_user').where('removed_at', 'is', null);
    return (await known.select('id').execute()).map(({ id }) => id);
  };
  await until(async () => (await people()).includes(late.id));
  const secondAlone = await connectTo(second);
  await secondAlone.removeUser(gone.id);

  await first.stop();
  const inUse = () => findController(world.platform.settings);
  await until(async () => (await inUse())?.hostName === 'dc2.corp.contoso.test');
  await until(async () => !(await people()).includes(gone.id));
  expect(await inUse()).toMatchObject({ reason: 'failed-over', isPreferred: false, missing: [late.id] });
  expect(await people()).toEqual(expect.arrayContaining([old.id, late.id]));

  const added = await addUser(directory, 'new');
  await until(async () => (await people()).includes(added.id));
  expect(await people()).toEqual(expect.arrayContaining([old.id, late.id]));
  const alerts = await world.database.selectFrom('alert').select('code').where('state', '=', 'active').execute();
  expect(alerts.map(({ code }) => code).sort()).toEqual(['directory.failed-over', 'directory.people-missing']);
});
