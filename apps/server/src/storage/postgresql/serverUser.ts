import { readFileSync, statSync } from 'node:fs';
import { userInfo } from 'node:os';

/** Whom PostgreSQL runs as. It refuses to run as root, so root hands it to an unprivileged user. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  /** What to put before a command so that it runs as this user. */
  readonly prefix: readonly string[];
}

const NOBODY = { uid: 65_534, gid: 65_534 };
const DAC_OVERRIDE = 1n << 1n;
const DAC_READ_SEARCH = 1n << 2n;

function findAccount(name: string): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

function ownerOf(folder: string): { uid: number; gid: number } | undefined {
  const stats = statSync(folder, { throwIfNoEntry: false });
  return stats === undefined || stats.uid === 0 ? undefined : { uid: stats.uid, gid: stats.gid };
}

/**
 * The data folder is closed to everybody but root and may lie, like the programs, below a closed folder such as
 * `/root`. The unprivileged user needs one capability to pass through; containers often offer only the second.
 */
function passingCapability(): string | undefined {
  const permitted = /^CapPrm:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  const held = BigInt(`0x${permitted ?? '0'}`);
  if ((held & DAC_READ_SEARCH) !== 0n) return 'dac_read_search';
  return (held & DAC_OVERRIDE) !== 0n ? 'dac_override' : undefined;
}

/** @param clusterFolder an existing cluster keeps the owner it was made with */
export function findServerUser(clusterFolder: string): ServerUser {
  if (process.getuid?.() !== 0) {
    const { uid, gid } = userInfo();
    return { uid, gid, prefix: [] };
  }
  const { uid, gid } = ownerOf(clusterFolder) ?? findAccount('postgres') ?? findAccount('nobody') ?? NOBODY;
  const capability = passingCapability();
  const capabilities =
    capability === undefined ? [] : [`--inh-caps=-all,+${capability}`, `--ambient-caps=-all,+${capability}`];
  return { uid, gid, prefix: ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...capabilities] };
}
