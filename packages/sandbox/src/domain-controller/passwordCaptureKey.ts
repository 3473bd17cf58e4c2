import { mkdir } from 'node:fs/promises';
import { DomainError } from '@isthmus/kernel';
import { type CommandResult, runCommand } from '../runCommand.ts';

function succeeded(result: CommandResult): string {
  if (result.exitCode !== 0) {
    throw new DomainError({
      code: 'sandbox.gpg-failed',
      message: `GnuPG could not make the key for password capture: ${result.stderr.trim()}`,
      remedy: 'Check that gnupg is installed and that the disk has room.',
    });
  }
  return result.stdout;
}

function gpg(home: string, args: readonly string[], input?: string): Promise<CommandResult> {
  const env = { ...process.env, GNUPGHOME: home };
  return runCommand(['gpg', '--batch', '--quiet', ...args], { env, ...(input === undefined ? {} : { input }) });
}

async function stopGpgAgent(home: string): Promise<void> {
  await runCommand(['gpgconf', '--kill', 'gpg-agent'], { env: { ...process.env, GNUPGHOME: home } });
}

/**
 * Makes the key pair that captured passwords are encrypted with. The domain controller gets the public half only: it
 * has to write passwords, never to read them. Returns the key's fingerprint.
 */
export async function makePasswordCaptureKey(homes: { agent: string; controller: string }): Promise<string> {
  await mkdir(homes.agent, { mode: 0o700 });
  await mkdir(homes.controller, { mode: 0o700 });
  const generate = [
    '--passphrase',
    '',
    '--quick-generate-key',
    'Isthmus password capture',
    'rsa3072',
    'encrypt',
    'never',
  ];
  succeeded(await gpg(homes.agent, generate));
  const listing = succeeded(await gpg(homes.agent, ['--list-secret-keys', '--with-colons']));
  const fingerprint = /^fpr:+([0-9A-F]+):/m.exec(listing)?.[1];
  const publicKey = succeeded(await gpg(homes.agent, ['--armor', '--export']));
  succeeded(await gpg(homes.controller, ['--import'], publicKey));
  await stopGpgAgent(homes.agent);
  await stopGpgAgent(homes.controller);
  if (fingerprint === undefined) throw new Error('GnuPG listed no key after making one');
  return fingerprint;
}
