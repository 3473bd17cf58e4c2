import { readFile } from 'node:fs/promises';
import { DomainError, Secret } from '@isthmus/kernel';
import { readPrivateFile } from '@isthmus/sealing';
import { z } from 'zod';
import type { DirectoryConfiguration } from '../config/Configuration.ts';
import type { SecretStore } from '../storage/SecretStore.ts';
import type { SettingStore } from '../storage/SettingStore.ts';

const SETTING = 'directory';
const PASSWORD = 'directory-bind-password';

/** The directory as it is set up on the set-up page; its password is kept as a secret. */
export const directoryRecordSchema = z.object({
  urls: z.array(z.string()).min(1),
  caPem: z.string(),
  baseDn: z.string().optional(),
  bindDn: z.string(),
  managedOu: z.string(),
  administratorsGroup: z.string(),
  helpDeskGroup: z.string().optional(),
  readersGroup: z.string().optional(),
});
export type DirectoryRecord = z.output<typeof directoryRecordSchema>;

/** All that is needed to connect, wherever it came from. */
export interface DirectoryAccess {
  readonly source: 'configuration' | 'setup-page';
  readonly record: DirectoryRecord;
  readonly password: Secret;
}

interface Stores {
  readonly settings: SettingStore;
  readonly secrets: SecretStore;
}

async function read(file: string, key: string, reader: (file: string) => Promise<Buffer>): Promise<string> {
  const content = await reader(file).catch((cause: unknown) => {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError({
      code: 'config.file-unreadable',
      message: `The file ${file} (${key}) cannot be read: ${cause instanceof Error ? cause.message : ''}`,
      remedy: `Correct ${key} in the configuration, or let this user read the file.`,
      cause,
    });
  });
  return content.toString('utf8');
}

export async function accessFromConfiguration(configuration: DirectoryConfiguration): Promise<DirectoryAccess> {
  const { caFile, bindPasswordFile, realm: _, ...rest } = configuration;
  const password = await read(bindPasswordFile, 'directory.bindPasswordFile', readPrivateFile);
  const caPem = await read(caFile, 'directory.caFile', (file) => readFile(file));
  return {
    source: 'configuration',
    record: directoryRecordSchema.parse({ ...rest, caPem }),
    password: new Secret(password.replace(/\r?\n$/, '')),
  };
}

export async function findStoredAccess({ settings, secrets }: Stores): Promise<DirectoryAccess | undefined> {
  const record = await settings.find(SETTING, directoryRecordSchema);
  const password = await secrets.find(PASSWORD);
  return record === undefined || password === undefined ? undefined : { source: 'setup-page', record, password };
}

/** The password first: a record without it would look connected and could not connect. */
export async function storeAccess(stores: Stores, record: DirectoryRecord, password: Secret): Promise<DirectoryAccess> {
  await stores.secrets.put(PASSWORD, password);
  await stores.settings.put(SETTING, record);
  return { source: 'setup-page', record, password };
}
