import { createHash } from 'node:crypto';
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DomainError } from '@isthmus/kernel';
import { withFileLock } from '../fileLock.ts';
import { generatePassword } from '../generatePassword.ts';
import { runCommand } from '../runCommand.ts';
import { makeShortPath, type ShortPath } from '../shortPath.ts';
import { createWorld } from '../worlds/createWorld.ts';
import type { WorldGuide, WorldName } from '../worlds/World.ts';
import { withNewPasswords } from '../worlds/withNewPasswords.ts';
import { baseDnOf, type DomainSettings, dnsDomainOf, HOST_NAME } from './DomainSettings.ts';
import { makePasswordCaptureKey } from './passwordCaptureKey.ts';
import { renderSambaConfiguration } from './renderConfiguration.ts';

const PASSWORDS_SCRIPT = join(import.meta.dirname, 'set_passwords.py');
const PROVISION_SCRIPT = join(import.meta.dirname, 'provision.py');
/** Raise when the content of a provisioned folder changes in a way that its key does not show. */
const ARCHIVE_FORMAT = 1;
const MANIFEST = 'manifest.json';
const DESCRIPTION = 'domain.json';
/** The half of the key pair that the controller may have. */
const PUBLIC_KEY_RING = 'gnupg-public';

export interface ProvisionedDomain extends DomainSettings {
  readonly administratorPassword: string;
  readonly captureFingerprint: string | undefined;
  readonly guide: WorldGuide;
}

type OfflineDomain = DomainSettings & { readonly captureFingerprint: string | undefined };

export type ArchiveRequest = DomainSettings & { readonly world: WorldName };

/** The controller's configuration while it does not run. */
async function writeOfflineConfiguration(short: ShortPath, domain: OfflineDomain): Promise<string> {
  const smbConf = join(short.path, 'smb.conf');
  const placement = { path: short.path, runFolder: short.runFolder, address: '127.0.0.1', durable: false };
  await writeFile(smbConf, renderSambaConfiguration({ ...domain, ...placement }));
  return smbConf;
}

async function runPython(script: string, argument: string, short: ShortPath, input: object): Promise<void> {
  // A large world takes minutes: it must not go on when whoever wanted it was killed.
  const result = await runCommand(['setpriv', '--pdeathsig', 'KILL', '/usr/bin/python3', '-I', script, argument], {
    env: { ...process.env, GNUPGHOME: join(short.path, PUBLIC_KEY_RING) },
    input: JSON.stringify(input),
  });
  if (result.exitCode !== 0) throw provisioningFailed(result.stderr);
}

/** Gives everybody in a copy of an archive a password that no other copy has. */
async function renewPasswords(folder: string): Promise<void> {
  const old = await readProvisionedDomain(folder);
  const administratorPassword = generatePassword();
  const guide = withNewPasswords(old.guide);
  const people = [...guide.people, guide.serviceAccount].filter((person) => person?.password !== undefined);
  const passwords = Object.fromEntries(people.map((person) => [person?.userName, person?.password]));
  const short = await makeShortPath(folder);
  try {
    const smbConf = await writeOfflineConfiguration(short, old);
    await runPython(PASSWORDS_SCRIPT, smbConf, short, { ...passwords, Administrator: administratorPassword });
  } finally {
    await short.remove();
  }
  await writeDescription(folder, { ...old, administratorPassword, guide });
}

export function writeDescription(folder: string, description: ProvisionedDomain): Promise<void> {
  return writeFile(join(folder, DESCRIPTION), JSON.stringify(description), { mode: 0o600 });
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** `$XDG_CACHE_HOME/isthmus`, or a private temporary folder for accounts without a writable home. */
async function cacheFolder(): Promise<string> {
  const preferred = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'isthmus');
  const fallback = join(tmpdir(), `isthmus-cache-${process.getuid?.() ?? 0}`);
  for (const folder of [preferred, fallback]) {
    const made = await mkdir(folder, { recursive: true, mode: 0o700 }).then(
      () => true,
      () => false,
    );
    if (made && (await stat(folder)).uid === process.getuid?.()) return folder;
  }
  throw new DomainError({
    code: 'sandbox.no-cache-folder',
    message: `Neither ${preferred} nor ${fallback} can be written.`,
    remedy: 'Set XDG_CACHE_HOME to a folder of yours.',
  });
}

async function sambaVersion(): Promise<string> {
  const result = await runCommand(['samba', '--version']).catch((cause: unknown) => {
    throw new DomainError({
      code: 'sandbox.samba-missing',
      message: 'Samba is not installed on this machine.',
      remedy:
        'Install it: sudo apt-get install --no-install-recommends samba samba-ad-provision samba-dsdb-modules gnupg',
      cause,
    });
  });
  return result.stdout.trim();
}

async function archiveKey(request: ArchiveRequest): Promise<string> {
  const parts = [
    ARCHIVE_FORMAT,
    await sambaVersion(),
    await readFile(PROVISION_SCRIPT, 'utf8'),
    worldFingerprint(request),
  ];
  const digest = createHash('sha256')
    .update(JSON.stringify([parts, request]))
    .digest('hex');
  return `samba-${request.world}-${digest.slice(0, 16)}`;
}

/** The world without its random passwords, so that a changed world gets a new archive. */
function worldFingerprint(request: ArchiveRequest): string {
  const { seed } = createWorld(request.world, {
    baseDn: baseDnOf(request.realm),
    dnsDomain: dnsDomainOf(request.realm),
  });
  const text = JSON.stringify(seed, (key, value: unknown) => (key === 'password' ? '' : value));
  return createHash('sha256').update(text).digest('hex');
}

async function provision(folder: string, request: ArchiveRequest): Promise<void> {
  const { realm, domain, passwordCapture } = request;
  const short = await makeShortPath(folder);
  try {
    const homes = { agent: join(short.path, 'gnupg'), controller: join(short.path, PUBLIC_KEY_RING) };
    const captureFingerprint = passwordCapture ? await makePasswordCaptureKey(homes) : undefined;
    const world = createWorld(request.world, { baseDn: baseDnOf(realm), dnsDomain: dnsDomainOf(realm) });
    const administratorPassword = generatePassword();
    const smbConf = await writeOfflineConfiguration(short, { ...request, captureFingerprint });
    const domainToMake = { realm, domain, hostName: HOST_NAME, administratorPassword, smbConf, world: world.seed };
    await runPython(PROVISION_SCRIPT, short.path, short, domainToMake);
    const { guide } = world;
    await writeDescription(folder, {
      realm,
      domain,
      passwordCapture,
      administratorPassword,
      captureFingerprint,
      guide,
    });
  } finally {
    await short.remove();
  }
}

function provisioningFailed(log: string): DomainError {
  const full = /no space left/i.test(log);
  return new DomainError({
    code: full ? 'sandbox.disk-full' : 'sandbox.provisioning-failed',
    message: full
      ? 'The disk is full: the domain could not be made.'
      : `Samba could not make the domain: ${log.trim().split('\n').slice(-3).join(' ')}`,
    remedy: full
      ? 'Free about 200 MB and start again.'
      : 'Check that samba-ad-provision and samba-dsdb-modules are installed.',
  });
}

async function filesOf(folder: string): Promise<Record<string, number>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name !== MANIFEST);
  const sizes = await Promise.all(
    files.map(async (entry) => {
      const path = join(entry.parentPath, entry.name);
      return [relative(folder, path), (await stat(path)).size] as const;
    }),
  );
  return Object.fromEntries(sizes);
}

/** True when every file that was archived is still there in its size. */
async function isWhole(archive: string): Promise<boolean> {
  try {
    const manifest = JSON.parse(await readFile(join(archive, MANIFEST), 'utf8')) as Record<string, number>;
    const present = await filesOf(archive);
    return Object.entries(manifest).every(([file, size]) => present[file] === size);
  } catch {
    return false;
  }
}

/** The caller holds the archive's lock, so what lies there unfinished belongs to somebody who was killed. */
async function makeArchive(archive: string, request: ArchiveRequest): Promise<void> {
  const unfinished = `${archive}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  try {
    await provision(unfinished, request);
    await writeFile(join(unfinished, MANIFEST), JSON.stringify(await filesOf(unfinished)));
    await rm(archive, { recursive: true, force: true });
    await rename(unfinished, archive);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function copyArchive(archive: string, folder: string): Promise<void> {
  const result = await runCommand(['cp', '-a', '--sparse=always', '--reflink=auto', `${archive}/.`, folder]);
  if (result.exitCode !== 0) throw provisioningFailed(result.stderr);
}

/**
 * Fills an empty folder with a provisioned domain, from the cache where it can. A domain that is kept gets passwords
 * of its own; one for a test makes do with those in the archive.
 */
export async function unpackProvisionedDomain(
  folder: string,
  request: ArchiveRequest,
  passwords: 'own' | 'archived',
): Promise<void> {
  const cache = await cacheFolder();
  const archive = join(cache, await archiveKey(request));
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await withFileLock(`${archive}.lock`, async () => {
    if (!(await isWhole(archive))) await makeArchive(archive, request);
    await copyArchive(archive, unfinished);
  });
  if (passwords === 'own') await renewPasswords(unfinished);
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
}

export async function isProvisioned(folder: string): Promise<boolean> {
  return exists(join(folder, DESCRIPTION));
}

export async function readProvisionedDomain(folder: string): Promise<ProvisionedDomain> {
  return JSON.parse(await readFile(join(folder, DESCRIPTION), 'utf8')) as ProvisionedDomain;
}
