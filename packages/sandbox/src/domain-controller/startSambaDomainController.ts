import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DomainError, isDomainError } from '@isthmus/kernel';
import { Client, InvalidCredentialsError } from 'ldapts';
import { type CommandOptions, type CommandResult, runCommand } from '../runCommand.ts';
import { makeShortPath, type ShortPath } from '../shortPath.ts';
import { baseDnOf, hostDnsNameOf } from './DomainSettings.ts';
import { freeLoopbackAddress } from './freeLoopbackAddress.ts';
import { type LaunchedSamba, type LaunchRequest, launchSamba } from './launchSamba.ts';
import { makeCertificates } from './makeCertificates.ts';
import {
  isProvisioned,
  type ProvisionedDomain,
  readProvisionedDomain,
  unpackProvisionedDomain,
} from './provisionedArchive.ts';
import { renderKerberosConfiguration, renderSambaConfiguration } from './renderConfiguration.ts';
import type { SambaDomainController, SambaDomainControllerOptions } from './SambaDomainController.ts';

const DEFAULT_REALM = 'CORP.CONTOSO.TEST';
const READY_MS = 60_000;
const READY_POLL_MS = 50;

interface Start {
  readonly options: SambaDomainControllerOptions;
  readonly domain: ProvisionedDomain;
  readonly short: ShortPath;
}

/** Provisions a domain where the folder has none, starts it, and waits until a bind over LDAPS works. */
export async function startSambaDomainController(
  options: SambaDomainControllerOptions,
): Promise<SambaDomainController> {
  const folder = resolve(options.folder);
  await prepareFolder(folder, options);
  const domain = await readProvisionedDomain(folder);
  const short = await makeShortPath(folder);
  const start: Start = { options, domain, short };
  let launched: LaunchedSamba | undefined;
  try {
    launched = await launchWhereAllowed(start);
    // The launcher cleans up even after our end; this is for the launcher's own sudden end.
    launched.ended.then(short.remove).catch(() => undefined);
    const controller = await describe(start, launched);
    await waitUntilReady(controller, launched);
    return controller;
  } catch (error) {
    await launched?.stop();
    await short.remove();
    throw error;
  }
}

async function prepareFolder(folder: string, options: SambaDomainControllerOptions): Promise<void> {
  const realm = options.realm ?? DEFAULT_REALM;
  const domain = options.domain ?? realm.split('.')[0] ?? realm;
  const passwordCapture = options.passwordCapture ?? true;
  if (!(await isProvisioned(folder))) {
    const request = { realm, domain, passwordCapture, world: options.world ?? 'empty' };
    await unpackProvisionedDomain(folder, request, options.throwAway === true ? 'archived' : 'own');
  }
  const tls = join(folder, 'tls');
  const hasTls = await readFile(join(tls, 'server.key')).then(
    () => true,
    () => false,
  );
  const { hostName } = await readProvisionedDomain(folder);
  if (!hasTls) await makeCertificates(tls, hostDnsNameOf(realm, hostName));
}

async function launchWhereAllowed(start: Start): Promise<LaunchedSamba> {
  try {
    return await launch(start, { isolate: true, address: '127.0.0.1' });
  } catch (error) {
    // Root in a container without namespaces may still bind the real ports, on a loopback address of its own.
    if (!isDomainError(error, 'sandbox.no-namespace') || process.getuid?.() !== 0) throw error;
    return launch(start, { isolate: false, address: await freeLoopbackAddress() });
  }
}

async function launch(start: Start, network: { isolate: boolean; address: string }): Promise<LaunchedSamba> {
  const { options, domain, short } = start;
  const { captureFingerprint } = domain;
  const { path, runFolder } = short;
  await mkdir(join(runFolder, 'ncalrpc'), { recursive: true });
  const smbConf = join(path, 'smb.conf');
  const durable = options.durable ?? false;
  await writeFile(
    smbConf,
    renderSambaConfiguration({ ...domain, path, runFolder, durable, captureFingerprint, address: network.address }),
  );
  const logFile = join(path, 'samba.log');
  await rm(logFile, { force: true });
  const request: LaunchRequest = {
    ...network,
    smbConf,
    logFile,
    lockFile: join(path, 'running.lock'),
    removeAtEnd: options.throwAway === true ? [resolve(options.folder), runFolder] : [runFolder],
    keyRings: domain.passwordCapture ? [join(path, 'gnupg'), join(path, 'gnupg-public')] : [],
    processModel: options.processModel ?? 'single',
    ports: options.ports ?? {},
    env: { ...process.env, GNUPGHOME: join(path, 'gnupg-public') },
  };
  return launchSamba(request);
}

async function describe(start: Start, launched: LaunchedSamba): Promise<SambaDomainController> {
  const { domain, short } = start;
  const { realm } = domain;
  const file = (name: string): string => join(short.path, name);
  const krb5ConfigFile = join(resolve(start.options.folder), 'krb5.conf');
  await writeFile(krb5ConfigFile, renderKerberosConfiguration(realm, launched.ports));
  const insideKrb5ConfigFile = file('krb5-inside.conf');
  const insidePorts = launched.isIsolated ? { kerberos: 88, kpasswd: 464 } : launched.ports;
  await writeFile(insideKrb5ConfigFile, renderKerberosConfiguration(realm, insidePorts));
  const gnupgHome = file('gnupg');
  const caFile = join(resolve(start.options.folder), 'tls', 'ca.pem');
  const env = {
    ...process.env,
    GNUPGHOME: gnupgHome,
    KRB5_CONFIG: insideKrb5ConfigFile,
    KRB5CCNAME: `FILE:${join(short.runFolder, 'krb5cc')}`,
    SMB_CONF_PATH: file('smb.conf'),
  };
  return {
    ldapsUrl: `ldaps://127.0.0.1:${launched.ports.ldaps}`,
    ldapUrl: `ldap://127.0.0.1:${launched.ports.ldap}`,
    dnsServer: `127.0.0.1:${launched.ports.dns}`,
    ports: launched.ports,
    caFile,
    caPem: await readFile(caFile, 'utf8'),
    baseDn: baseDnOf(realm),
    realm,
    domain: domain.domain,
    dcHostName: hostDnsNameOf(realm, domain.hostName),
    administrator: {
      username: 'Administrator',
      dn: `CN=Administrator,CN=Users,${baseDnOf(realm)}`,
      password: domain.administratorPassword,
    },
    privilegedSocket: file('private/ldap_priv/ldapi'),
    gnupgHome,
    krb5ConfigFile,
    smbConfFile: file('smb.conf'),
    guide: domain.guide,
    exec: (command, options) => runInside(launched, command, { ...options, env: { ...env, ...options?.env } }),
    stop: () => launched.stop(),
    ended: launched.ended,
    pid: launched.pid,
    launcherPid: launched.launcherPid,
  };
}

function runInside(
  launched: LaunchedSamba,
  command: readonly string[],
  options: CommandOptions,
): Promise<CommandResult> {
  if (!launched.isIsolated) return runCommand(command, options);
  const namespaces = process.getuid?.() === 0 ? ['--net'] : ['--user', '--net', '--preserve-credentials'];
  return runCommand(['nsenter', '--target', String(launched.launcherPid), ...namespaces, '--', ...command], options);
}

async function waitUntilReady(controller: SambaDomainController, launched: LaunchedSamba): Promise<void> {
  const giveUpAt = Date.now() + READY_MS;
  for (;;) {
    if (await canBind(controller)) return;
    if (launched.hasEnded() || Date.now() > giveUpAt) {
      throw new DomainError({
        code: 'sandbox.controller-not-ready',
        message: `The domain controller did not answer over LDAPS within ${READY_MS / 1000} seconds.`,
        remedy: `Look into ${join(controller.smbConfFile, '..', 'samba.log')}.`,
      });
    }
    await delay(READY_POLL_MS);
  }
}

async function canBind(controller: SambaDomainController): Promise<boolean> {
  const client = new Client({
    url: controller.ldapsUrl,
    tlsOptions: { ca: controller.caPem },
    connectTimeout: 5000,
    timeout: 10_000,
  });
  try {
    await client.bind(controller.administrator.dn, controller.administrator.password);
    return true;
  } catch (error) {
    // Waiting does not mend a wrong password.
    if (error instanceof InvalidCredentialsError) throw error;
    return false;
  } finally {
    await client.unbind().catch(() => undefined);
  }
}
