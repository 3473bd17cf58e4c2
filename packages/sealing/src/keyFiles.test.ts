import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@isthmus/kernel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  demandPrivate,
  loadOrCreateKeyFile,
  loadOrCreateSealingKeyFiles,
  open,
  readPublicKeyFile,
  replaceFile,
  seal,
  textOf,
} from './index.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'isthmus-sealing-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

test('a key file is made once, for its owner only, and read from then on', async () => {
  const path = join(folder, 'keys', 'master.key');
  const made = await loadOrCreateKeyFile(path);
  expect(await modeOf(path)).toBe(0o600);
  expect((await loadOrCreateKeyFile(path)).reveal()).toEqual(made.reveal());
  expect(await readdir(join(folder, 'keys'))).toEqual(['master.key']);
});

test('many that start at once agree on one key', async () => {
  const path = join(folder, 'master.key');
  const keys = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateKeyFile(path)));
  expect(new Set(keys.map((key) => Buffer.from(key.reveal()).toString('hex'))).size).toBe(1);
  expect(await readdir(folder)).toEqual(['master.key']);
});

test.each([0o644, 0o640, 0o604])('a key file of mode %o is refused, and the mending is named', async (mode) => {
  const path = join(folder, 'master.key');
  await loadOrCreateKeyFile(path);
  await chmod(path, mode);
  await expect(loadOrCreateKeyFile(path)).rejects.toMatchObject({
    code: 'sealing.file-exposed',
    remedy: `Run: chmod 600 ${path}`,
  });
  await chmod(folder, 0o755);
  await expect(demandPrivate(folder)).rejects.toMatchObject({ remedy: `Run: chmod 700 ${folder}` });
});

test('a damaged key file is not replaced', async () => {
  const path = join(folder, 'master.key');
  await writeFile(path, 'not a key', { mode: 0o600 });
  await expect(loadOrCreateKeyFile(path)).rejects.toMatchObject({ code: 'sealing.key-file-damaged' });
  expect(await readFile(path, 'utf8')).toBe('not a key');
});

test('the public key is written for everybody and seals for the private one', async () => {
  const publicFile = join(folder, 'password-sealing.pub');
  const pair = await loadOrCreateSealingKeyFiles(join(folder, 'password-sealing.key'), publicFile);
  expect(await modeOf(publicFile)).toBe(0o644);
  const publicKey = await readPublicKeyFile(publicFile);
  expect(publicKey).toBe(pair.publicKey);
  const sealed = await seal(publicKey, new Secret('open sesame'), 'c');
  expect(textOf(await open(pair.privateKey, sealed, 'c')).reveal()).toBe('open sesame');
});

test('a replaced file has the new content and leaves nothing beside it', async () => {
  const path = join(folder, 'position');
  await replaceFile(path, 'one');
  await replaceFile(path, 'two');
  expect(await readFile(path, 'utf8')).toBe('two');
  expect(await readdir(folder)).toEqual(['position']);
});
