import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Secret } from '@isthmus/kernel';
import { startSambaDomainController } from '@isthmus/sandbox';
import { afterEach, expect, test } from 'vitest';
import { connectLdapDirectory, type Directory, type DirectoryUser } from '../index.ts';

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

/** The databases are mostly holes, which only this keeps. */
const copyFolder = (from: string, to: string) => promisify(execFile)('cp', ['-a', '--sparse=always', from, to]);

type Controller = Awaited<ReturnType<typeof startSambaDomainController>>;

async function connectTo({ ldapsUrl, caPem, administrator }: Controller): Promise<Directory> {
  const directory = await connectLdapDirectory({
    urls: [ldapsUrl],
    caPem,
    bindDn: administrator.dn,
    bindPassword: new Secret(administrator.password),
  });
  cleanUp.push(() => directory.close());
  return directory;
}

async function startFolder(): Promise<{ readonly folder: string; readonly controller: Controller }> {
  const folder = join(tmpdir(), `isthmus-dcs-${process.pid}-${cleanUp.length}`);
  cleanUp.push(() => rm(folder, { recursive: true, force: true }));
  return { folder, controller: await restart(folder) };
}

async function restart(folder: string): Promise<Controller> {
  const controller = await startSambaDomainController({ folder, throwAway: false });
  cleanUp.push(() => controller.stop());
  return controller;
}

function addUser(directory: Directory, controller: Controller, userName: string): Promise<DirectoryUser> {
  return directory.addUser({
    userName,
    upn: `${userName}@corp.contoso.test`,
    displayName: userName,
    givenName: '',
    surname: '',
    password: new Secret('Gr33n-Teapot-91'),
    mustChangePassword: false,
    containerDn: `CN=Users,${controller.baseDn}`,
  });
}

test('a controller with the content of an old copy is found out', async () => {
  const { folder, controller } = await startFolder();
  await controller.stop();
  const copy = `${folder}-copy`;
  cleanUp.push(() => rm(copy, { recursive: true, force: true }));
  await copyFolder(folder, copy);
  const running = await restart(folder);
  const directory = await connectTo(running);
  const lost = await addUser(directory, running, 'lost');
  const { cookie } = await directory.readChanges();
  await running.stop();
  await rm(folder, { recursive: true });
  await copyFolder(copy, folder);
  const restored = await connectTo(await restart(folder));
  const changes = await restored.readChanges(cookie);
  expect(changes).toMatchObject({ incremental: false, restart: 'restored', controller: { isPreferred: true } });
  expect(changes.changed.map(({ id }) => id)).not.toContain(lost.id);
  expect(await restored.findRemoved([lost.id])).toEqual([]);
});
