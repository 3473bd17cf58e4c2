import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Secret } from '@isthmus/kernel';
import type { DatabaseAddress } from '../DatabaseAddress.ts';
import { processState, readPostmasterFile } from './postmasterFile.ts';

/** `missing`: no server has used this data folder yet; `stopped`: it is there, but not running. */
export async function findRunningServer(dataFolder: string): Promise<DatabaseAddress | 'missing' | 'stopped'> {
  const folder = resolve(dataFolder, 'postgresql');
  const password = await readFile(join(folder, 'password'), 'utf8').catch(() => undefined);
  if (password === undefined) return 'missing';
  const postmaster = await readPostmasterFile(join(folder, 'data'));
  if (postmaster === undefined || (await processState(postmaster.pid)) !== 'postgres') return 'stopped';
  return {
    kind: 'socket',
    host: postmaster.socketFolder,
    port: postmaster.port,
    user: 'isthmus',
    password: new Secret(password.trim()),
    database: 'isthmus',
  };
}
