import { spawn } from 'node:child_process';
import { DomainError, Secret } from '@isthmus/kernel';

interface GpgResult {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const TIMEOUT_MS = 30_000;

/** Input and output go through pipes only: nothing that passes here is seen in the process list or on the disk. */
function runGpg(home: string, args: readonly string[], input?: Uint8Array): Promise<GpgResult> {
  return new Promise((resolve, reject) => {
    const child = spawn('gpg', ['--homedir', home, '--batch', '--no-tty', '--quiet', ...args], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C' },
      timeout: TIMEOUT_MS,
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => stdout.push(part));
    child.stderr.on('data', (part: Buffer) => stderr.push(part));
    child.on('error', (error) => reject(notInstalled(error)));
    child.on('close', (code) => {
      resolve({ exitCode: code ?? -1, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') });
      for (const part of stdout) part.fill(0);
    });
    // gpg may end before it has read everything; what it says then counts, not the broken pipe.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

function notInstalled(cause: unknown): DomainError {
  return new DomainError({
    code: 'agent.gpg-missing',
    message: 'The program gpg cannot be started.',
    remedy: 'Install the package gnupg on this machine.',
    cause,
  });
}

/** Fingerprints of the private keys in the key ring. */
export async function listSecretKeys(home: string): Promise<readonly string[]> {
  const { stdout } = await runGpg(home, ['--with-colons', '--list-secret-keys']);
  const lines = stdout.toString('utf8').split('\n');
  return lines.filter((line) => line.startsWith('fpr:')).map((line) => line.split(':')[9] ?? '');
}

/**
 * Opens a captured password.
 *
 * @throws DomainError `agent.secret-key-unusable` when this key ring cannot open it, now or ever;
 * `agent.capture-damaged` when nothing could
 */
export async function decryptPassword(home: string, message: Uint8Array): Promise<Secret> {
  const { exitCode, stdout, stderr } = await runGpg(home, ['--status-fd', '2', '--decrypt'], message);
  try {
    if (exitCode === 0 && stderr.includes('[GNUPG:] DECRYPTION_OKAY')) return new Secret(stdout.toString('utf16le'));
  } finally {
    stdout.fill(0);
  }
  if (/\[GNUPG:\] (NODATA|BADMDC|UNEXPECTED)/.test(stderr) || !stderr.includes('[GNUPG:] ENC_TO')) {
    throw new DomainError({
      code: 'agent.capture-damaged',
      message: 'A captured password is damaged.',
      remedy: 'Let the person set the password again.',
    });
  }
  throw new DomainError({
    code: 'agent.secret-key-unusable',
    message: `The key ring ${home} has no usable private key for captured passwords.`,
    remedy:
      'Restore the key ring, or import the private key that belongs to "password hash gpg key ids" in smb.conf; it must have no passphrase.',
    retryable: true,
  });
}

/** gpg leaves a helper behind; it goes with the agent. */
export async function endGpgAgent(home: string): Promise<void> {
  await new Promise<void>((resolve) => {
    const child = spawn('gpgconf', ['--homedir', home, '--kill', 'gpg-agent'], {
      stdio: 'ignore',
      timeout: TIMEOUT_MS,
    });
    child.on('error', () => resolve());
    child.on('close', () => resolve());
  });
}
