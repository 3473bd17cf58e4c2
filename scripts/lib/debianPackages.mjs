import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { step } from './progress.mjs';
import { mustRun, run } from './run.mjs';
import { SetupError } from './SetupError.mjs';

/** What a running sandbox needs: the domain controller, GnuPG for password capture, kinit and kpasswd, a name server. */
export const sandboxPackages = ['samba', 'samba-ad-provision', 'samba-dsdb-modules', 'krb5-user', 'gnupg', 'bind9'];
/** What the tests need beside it: a browser, with letters for the names in the seeded worlds, and other name servers. */
export const testPackages = [
  ...sandboxPackages,
  'chromium',
  'fonts-dejavu-core',
  'bind9-dnsutils',
  'knot',
  'pdns-server',
  'pdns-backend-sqlite3',
];

const PROGRAM_OF = {
  samba: 'samba',
  'krb5-user': 'kinit',
  gnupg: 'gpg',
  bind9: 'named',
  'bind9-dnsutils': 'nsupdate',
  chromium: 'chromium',
  knot: 'knotd',
  'pdns-server': 'pdns_server',
};
/** Programs that we start ourselves: as services of the machine they would only be in the way. */
const SERVICES_OF = {
  samba: ['smbd', 'nmbd', 'samba-ad-dc'],
  bind9: ['named'],
  knot: ['knot'],
  'pdns-server': ['pdns'],
};
const LISTS = '/var/lib/apt/lists';
const POLICY = '/usr/sbin/policy-rc.d';
const APT = ['apt-get', '-q', '-y', '-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3'];

/** From the answer of `dpkg-query -W -f '${Package} ${db:Status-Status}\n'`: the wanted packages it does not call installed. */
export function missingPackages(wanted, listing) {
  const installed = new Set(
    listing
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter(([, state]) => state === 'installed')
      .map(([name]) => name),
  );
  return wanted.filter((name) => !installed.has(name));
}

/** On systems without dpkg the programs themselves are looked for. */
export function missingPrograms(wanted, path = process.env.PATH ?? '', exists = existsSync) {
  const folders = [...path.split(delimiter), '/usr/sbin', '/sbin'];
  return wanted
    .map((name) => PROGRAM_OF[name])
    .filter((program) => program !== undefined && !folders.some((folder) => exists(join(folder, program))));
}

export function installLine(missing) {
  return `sudo apt-get update && sudo apt-get install --no-install-recommends ${missing.join(' ')}`;
}

async function findMissing(wanted) {
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's own format, not a template
    const { output } = await run(['dpkg-query', '-W', '-f', '${Package} ${db:Status-Status}\\n', ...wanted]);
    return missingPackages(wanted, output);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    const programs = missingPrograms(wanted);
    if (programs.length === 0) return [];
    throw new SetupError(
      `These programs are missing: ${programs.join(', ')}. This machine is not a Debian, so they cannot be installed from here.`,
      'Install a Samba that can be an Active Directory domain controller, GnuPG, MIT Kerberos tools and BIND (for the tests also Chromium, Knot DNS and PowerDNS).',
    );
  }
}

function hasPackageLists() {
  return existsSync(LISTS) && readdirSync(LISTS).some((file) => file.includes('_Packages'));
}

/** The packages must bring programs, not start servers: forbids starting them while they are installed. */
async function withoutStartingServices(work) {
  const isOurs = !existsSync(POLICY);
  if (isOurs) writeFileSync(POLICY, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    await work();
  } finally {
    if (isOurs) rmSync(POLICY, { force: true });
  }
}

async function install(missing) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = () => step('Reading the Debian package lists', () => mustRun([...APT, 'update'], { env }));
  const command = [...APT, 'install', '--no-install-recommends', ...missing];
  const hadLists = hasPackageLists();
  if (!hadLists) await update();
  await step(`Installing the Debian packages ${missing.join(', ')}`, () =>
    withoutStartingServices(async () => {
      const { exitCode } = await run(command, { env });
      if (exitCode === 0) return;
      // Old lists name files that the mirror no longer has.
      if (hadLists) await update();
      await mustRun(command, { env });
    }),
  );
  const services = missing.flatMap((name) => SERVICES_OF[name] ?? []);
  if (services.length > 0 && existsSync('/run/systemd/system')) {
    await run(['systemctl', 'disable', '--quiet', ...services]);
  }
}

/**
 * Finds out what is missing, and installs it when the answer is called: a person who has to install it first
 * hears so before anything else takes minutes.
 */
export async function prepareDebianPackages(wanted) {
  const missing = await findMissing(wanted);
  if (missing.length === 0) return async () => undefined;
  if (process.getuid() !== 0) {
    throw new SetupError(
      `Debian packages are missing: ${missing.join(', ')}. Installing them needs root.`,
      `Run this once:\n\n    ${installLine(missing)}\n\nthen start again, as yourself.`,
    );
  }
  return () => install(missing);
}
