import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { DomainError } from '@isthmus/kernel';
import { withFileLock } from '../fileLock.ts';
import { generatePassword } from '../generatePassword.ts';
import { runCommand } from '../runCommand.ts';
import { makeShortPath } from '../shortPath.ts';
import { createWorld } from '../worlds/createWorld.ts';
import type { WorldGuide, WorldName } from '../worlds/World.ts';
import { baseDnOf, type DomainSettings, dnsDomainOf, HOST_NAME } from './DomainSettings.ts';
import { makePasswordCaptureKey } from './passwordCaptureKey.ts';
import { renderSambaConfiguration } from './renderConfiguration.ts';

const PROVISION_SCRIPT = join(import.meta.dirname, 'provision.py');
/** Raise when the content of a provisioned folder changes in a way that its key does not show. */
const ARCHIVE_FORMAT = 1;
const MANIFEST = 'manifest.json';
const DESCRIPTION = 'domain.json';

export interface ProvisionedDomain extends DomainSettings {
  readonly administratorPassword: string;
  readonly captureFingerprint: string | undefined;
  readonly guide: WorldGuide;
}

export type ArchiveRequest = DomainSettings & { readonly world: WorldName };

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

export async function sambaVersion(): Promise<string> {
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
    const homes = { agent: join(short.path, 'gnupg'), controller: join(short.path, 'gnupg-public') };
    const captureFingerprint = passwordCapture ? await makePasswordCaptureKey(homes) : undefined;
    const world = createWorld(request.world, { baseDn: baseDnOf(realm), dnsDomain: dnsDomainOf(realm) });
    const administratorPassword = generatePassword();
    const smbConf = join(short.path, 'smb.conf');
    const placement = { path: short.path, runFolder: short.runFolder, address: '127.0.0.1', durable: false };
    await writeFile(smbConf, renderSambaConfiguration({ ...request, ...placement, captureFingerprint }));
    const result = await runCommand(['/usr/bin/python3', '-I', PROVISION_SCRIPT, short.path], {
      env: { ...process.env, GNUPGHOME: homes.controller },
      input: JSON.stringify({ realm, domain, hostName: HOST_NAME, administratorPassword, smbConf, world: world.seed }),
    });
    if (result.exitCode !== 0) throw provisioningFailed(result.stderr);
    const description: ProvisionedDomain = {
      realm,
      domain,
      passwordCapture,
      administratorPassword,
      captureFingerprint,
      guide: world.guide,
    };
    await writeFile(join(folder, DESCRIPTION), JSON.stringify(description), { mode: 0o600 });
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

async function makeArchive(archive: string, cache: string, request: ArchiveRequest): Promise<void> {
  const unfinished = await mkdtemp(join(cache, 'unfinished-'));
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

/** Fills an empty folder with a provisioned domain, from the cache where it can. */
export async function unpackProvisionedDomain(folder: string, request: ArchiveRequest): Promise<void> {
  const cache = await cacheFolder();
  const archive = join(cache, await archiveKey(request));
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true, mode: 0o700 });
  await withFileLock(`${archive}.lock`, async () => {
    if (!(await isWhole(archive))) await makeArchive(archive, cache, request);
    await copyArchive(archive, unfinished);
  });
  await rm(folder, { recursive: true, force: true });
  await rename(unfinished, folder);
}

export async function isProvisioned(folder: string): Promise<boolean> {
  return exists(join(folder, DESCRIPTION));
}

export async function readProvisionedDomain(folder: string): Promise<ProvisionedDomain> {
  return JSON.parse(await readFile(join(folder, DESCRIPTION), 'utf8')) as ProvisionedDomain;
}
