import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { connectLdapDirectory, type Directory, type DirectoryUser } from '@isthmus/directory';
import { Secret } from '@isthmus/kernel';
import {
  joinTestDomainController,
  type SambaDomainController,
  type SambaDomainControllerOptions,
  startSambaDomainController,
  startTestDomainController,
} from '@isthmus/sandbox';
import { afterEach, expect, test } from 'vitest';
import { PersonLocks } from '../features/people/index.ts';
import { startTestPlatform, type TestPlatform, until } from '../testing/startTestPlatform.ts';
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

/** A folder that outlives its controller, for those that are stopped and started again. */
function makeFolder(): string {
  const folder = join(tmpdir(), `isthmus-test-${randomUUID()}`);
  closing.push(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function startIn(
  folder: string,
  ports: SambaDomainControllerOptions['ports'] = {},
): Promise<SambaDomainController> {
  const controller = await startSambaDomainController({ folder, throwAway: false, ports });
  closing.push(() => controller.stop());
  return controller;
}

/** The databases are mostly holes, which only this keeps. */
const copyFolder = (from: string, to: string) => promisify(execFile)('cp', ['-a', '--sparse=always', from, to]);

const NEW_INVOCATION_ID = `
import sys, uuid, ldb
from samba.auth import system_session
from samba.dcerpc import misc
from samba.ndr import ndr_pack
from samba.param import LoadParm
from samba.samdb import SamDB
settings = LoadParm()
settings.load(sys.argv[1])
directory = SamDB(session_info=system_session(), lp=settings)
change = ldb.Message(ldb.Dn(directory, directory.get_dsServiceName()))
identity = ndr_pack(misc.GUID(str(uuid.uuid4())))
change["invocationId"] = ldb.MessageElement(identity, ldb.FLAG_MOD_REPLACE, "invocationId")
directory.modify(change, ["relax:0"])
`;

/** What a proper restore does to a database, MS-DRSR 4.1.1.2; counts from the next start on. */
async function renewInvocationId(controller: SambaDomainController): Promise<void> {
  const command = ['/usr/bin/python3', '-I', '-c', NEW_INVOCATION_ID, controller.smbConfFile];
  const { exitCode, stderr } = await controller.exec(command);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
}

async function mirror(world: TestPlatform, directory: Directory) {
  world.connections.directory = directory;
  const mirrors = createMirrors(world.platform, { locks: new PersonLocks(), intervals: { directoryMs: 50 } });
  closing.push(() => mirrors.stop());
  await mirrors.start();
  const people = async (): Promise<string[]> => {
    const known = world.database.selectFrom('directory_user').where('removed_at', 'is', null);
    return (await known.select('id').execute()).map(({ id }) => id);
  };
  const alerts = async (): Promise<string[]> => {
    const rows = await world.database.selectFrom('alert').select('code').where('state', '=', 'active').execute();
    return rows.map(({ code }) => code).sort();
  };
  return { mirrors, people, alerts, inUse: () => findController(world.platform.settings) };
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
  const late = await addUser(directory, 'late');
  const { people, alerts, inUse } = await mirror(world, directory);
  await until(async () => (await people()).includes(late.id));
  const secondAlone = await connectTo(second);
  await secondAlone.removeUser(gone.id);

  await first.stop();
  await until(async () => (await inUse())?.hostName === 'dc2.corp.contoso.test');
  await until(async () => !(await people()).includes(gone.id));
  expect(await inUse()).toMatchObject({ reason: 'failed-over', isPreferred: false, missing: [late.id] });
  expect(await people()).toEqual(expect.arrayContaining([old.id, late.id]));

  const added = await addUser(directory, 'new');
  await until(async () => (await people()).includes(added.id));
  expect(await people()).toEqual(expect.arrayContaining([old.id, late.id]));
  expect(await alerts()).toEqual(['directory.failed-over', 'directory.people-missing']);
});

test('the first controller is used again when the other one ends, and nobody is lost on the way back', async () => {
  const folder = makeFolder();
  const [first, world] = await Promise.all([startIn(folder), startTestPlatform()]);
  closing.push(() => world.drop());
  const second = await joinTestDomainController(first);
  closing.push(() => second.stop());
  const directory = await connectTo(first, second);
  const onFirst = await addUser(directory, 'on-first');
  const { people, alerts, inUse } = await mirror(world, directory);
  await until(async () => (await people()).includes(onFirst.id));

  await first.stop();
  await until(async () => (await inUse())?.hostName === 'dc2.corp.contoso.test');
  const onSecond = await addUser(directory, 'on-second');
  await until(async () => (await people()).includes(onSecond.id));

  const firstAgain = await startIn(folder, first.ports);
  const whileAway = await addUser(await connectTo(firstAgain), 'while-away');
  expect(await inUse()).toMatchObject({ hostName: 'dc2.corp.contoso.test' });

  await second.stop();
  await until(async () => (await people()).includes(whileAway.id));
  expect(await inUse()).toMatchObject({
    hostName: 'dc1.corp.contoso.test',
    isPreferred: true,
    reason: 'chosen',
    previous: 'dc2.corp.contoso.test',
    missing: [onSecond.id],
  });
  expect(await people()).toEqual(expect.arrayContaining([onFirst.id, onSecond.id, whileAway.id]));
  await expect.poll(alerts).toEqual(['directory.people-missing']);

  const next = await addUser(directory, 'next');
  await until(async () => (await people()).includes(next.id));
  expect(await people()).toContain(onSecond.id);
});

test('a controller that was restored properly is known by its new identity: all is compared, and nobody is removed', async () => {
  const folder = makeFolder();
  const backup = makeFolder();
  const world = await startTestPlatform();
  closing.push(() => world.drop());
  const before = await startIn(folder);
  const kept = await addUser(await connectTo(before), 'kept');
  await before.stop();
  await copyFolder(folder, backup);

  const running = await startIn(folder);
  const forgotten = await addUser(await connectTo(running), 'forgotten');
  const first = await mirror(world, await connectTo(running));
  await until(async () => (await first.people()).includes(forgotten.id));
  await first.mirrors.stop();
  const seenUsn = BigInt(await (await connectTo(running)).highestCommittedUsn());
  await running.stop();

  await rm(folder, { recursive: true });
  await copyFolder(backup, folder);
  const beingRestored = await startIn(folder);
  await renewInvocationId(beingRestored);
  await beingRestored.stop();
  const restored = await startIn(folder);
  const alone = await connectTo(restored);
  // It has written more than it had before, so its position tells nothing: only its identity does.
  let count = 0;
  while (BigInt(await alone.highestCommittedUsn()) <= seenUsn) {
    count += 1;
    await addUser(alone, `added-${count}`);
  }

  const { mirrors, people, alerts, inUse } = await mirror(world, alone);
  const added = await alone.findUserByName('added-1');
  await until(async () => (await people()).includes(added?.id ?? ''));
  expect((await inUse())?.reason).toBe('restored');
  await expect.poll(alerts).toEqual(['directory.people-missing', 'directory.restored']);
  expect((await inUse())?.missing).toEqual([forgotten.id]);
  expect(await people()).toEqual(expect.arrayContaining([kept.id, forgotten.id]));

  await mirrors.refresh({ full: true, believed: true });
  expect(await people()).not.toContain(forgotten.id);
  await expect.poll(alerts).toEqual([]);
});
