import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DomainError, Secret } from '@isthmus/kernel';
import { KEY_LENGTH, parsePublicKey, publicKeyOf, type SealingKeyPair } from './keys.ts';
import { createFileOnce, readPrivateFile, replaceFile } from './privateFiles.ts';

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function parseKey(path: string, content: Buffer): Secret<Uint8Array> {
  const text = content.toString('utf8').trim();
  const key = Buffer.from(text, 'base64');
  if (key.length === KEY_LENGTH && key.toString('base64') === text) return new Secret<Uint8Array>(key);
  throw new DomainError({
    code: 'sealing.key-file-damaged',
    message: `${path} does not hold a key.`,
    remedy: 'Restore the file from the backup. Without it, what was sealed with the key cannot be opened.',
    parameters: { path },
  });
}

/**
 * The 32-byte key in a file (base64), made on first use with mode 0600. It serves as the master key of
 * {@link sealAtRest} and as the private key of {@link open}.
 *
 * @throws DomainError `sealing.file-exposed` when other users may read it, `sealing.key-file-damaged`
 */
export async function loadOrCreateKeyFile(path: string): Promise<Secret<Uint8Array>> {
  try {
    return parseKey(path, await readPrivateFile(path));
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await createFileOnce(path, `${randomBytes(KEY_LENGTH).toString('base64')}\n`);
  return parseKey(path, await readPrivateFile(path));
}

/** The pair whose private key is in one file (0600) and whose public key is, for others to read, in another (0644). */
export async function loadOrCreateSealingKeyFiles(
  privateKeyFile: string,
  publicKeyFile: string,
): Promise<SealingKeyPair> {
  const privateKey = await loadOrCreateKeyFile(privateKeyFile);
  const publicKey = publicKeyOf(privateKey);
  const written = await readFile(publicKeyFile, 'utf8').catch(() => '');
  if (written.trim() !== publicKey) {
    await mkdir(dirname(publicKeyFile), { recursive: true });
    await replaceFile(publicKeyFile, `${publicKey}\n`, 0o644);
  }
  return { privateKey, publicKey };
}

/** Base64 of a public key from its file. */
export async function readPublicKeyFile(path: string): Promise<string> {
  const text = (await readFile(path, 'utf8')).trim();
  parsePublicKey(text);
  return text;
}
