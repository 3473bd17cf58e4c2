import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfiguration } from './loadConfiguration.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-config-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function load(yaml: string, env: Record<string, string> = {}) {
  const file = join(folder, 'isthmus.yaml');
  await writeFile(file, yaml);
  return loadConfiguration({ ISTHMUS_CONFIG: file, ...env });
}

describe('the configuration', () => {
  it('has defaults for everything but what is special to the place', async () => {
    expect(await load('dataFolder: data')).toEqual({
      dataFolder: join(folder, 'data'),
      listen: { host: '0.0.0.0', port: 8443 },
      lifeline: 'none',
      logLevel: 'info',
      cloud: { kind: 'worldwide' },
      dns: { serverPort: 53 },
      mail: {},
      signUp: {},
      agent: {},
    });
  });

  it('takes paths relative to its file', async () => {
    const { directory, cloud, mail } = await load(`
      dataFolder: /data
      mail: { caFile: mail-ca.pem }
      cloud: { kind: custom, loginUrl: https://127.0.0.1:1, graphUrl: https://127.0.0.1:1, caFile: ca.pem }
      directory:
        urls: [ldaps://dc1.corp.test]
        caFile: certs/dc.pem
        bindDn: CN=svc,DC=corp,DC=test
        bindPasswordFile: /run/secret
        managedOu: OU=People,DC=corp,DC=test
        administratorsGroup: CN=Admins,DC=corp,DC=test`);
    expect(directory?.caFile).toBe(join(folder, 'certs/dc.pem'));
    expect(mail.caFile).toBe(join(folder, 'mail-ca.pem'));
    expect(directory?.bindPasswordFile).toBe('/run/secret');
    expect(cloud).toMatchObject({ caFile: join(folder, 'ca.pem') });
  });

  it('is overruled by the environment', async () => {
    const env = { ISTHMUS_PORT: '9443', ISTHMUS_DATA_FOLDER: '/elsewhere', DATABASE_URL: 'postgres://db/isthmus' };
    expect(await load('listen: { host: 127.0.0.1, port: 1 }', env)).toMatchObject({
      dataFolder: '/elsewhere',
      listen: { host: '127.0.0.1', port: 9443 },
      database: { url: 'postgres://db/isthmus' },
    });
  });

  it.each([
    ['dataFoldr: x', 'dataFoldr is not a known key'],
    ['listen: { port: 70000 }', 'listen.port'],
    ['directory: { urls: [ldap://dc] }', 'directory.urls.0: must be an ldaps:// address'],
    ['cloud: { kind: mars }', 'cloud.kind'],
    ['- a', 'list of keys'],
    ['a: [', 'not YAML'],
  ])('names the key that is wrong: %s', async (yaml, expected) => {
    await expect(load(yaml)).rejects.toMatchObject({
      code: 'config.invalid',
      message: expect.stringContaining(expected),
    });
  });

  it('says when its file is missing', async () => {
    await expect(loadConfiguration({ ISTHMUS_CONFIG: join(folder, 'none.yaml') })).rejects.toMatchObject({
      message: expect.stringContaining('does not exist'),
    });
  });
});
