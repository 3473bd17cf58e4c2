import type { Check } from '@isthmus/contracts';
import type { Directory, DirectoryInfo, RightCheck } from '@isthmus/directory';
import { noticeOf } from '../../jobs/index.ts';
import { check, type Finding } from './check.ts';
import type { RequirementParts } from './RequirementParts.ts';

/** Kerberos refuses clocks that are five minutes apart; passwords are ordered by time long before that. */
const CLOCK_WARNING_MS = 5_000;
const CLOCK_FAILURE_MS = 300_000;

const titles = {
  'directory-reachable': 'The directory answers',
  'directory-tls': 'The connection to the directory is encrypted and trusted',
  'directory-writable': 'Isthmus may do its work in the directory',
  'directory-clock': 'The domain controller and this server have the same time',
  'domain-controllers': 'Domain controllers',
} as const;

function each(finding: Finding): Check[] {
  return Object.entries(titles).map(([id, title]) => check(id, title, finding));
}

export function clockFinding(skewMs: number, whose: string): Finding {
  const distance = Math.abs(skewMs);
  const seconds = (distance / 1000).toFixed(1);
  const detail = `${whose} is ${seconds} s ${skewMs >= 0 ? 'ahead of' : 'behind'} this server.`;
  if (distance < CLOCK_WARNING_MS) return { state: 'passed', detail };
  const remedy = 'Let both keep time by NTP.';
  return { state: distance < CLOCK_FAILURE_MS ? 'warning' : 'failed', detail, remedy };
}

function rightsFinding(rights: readonly RightCheck[]): Finding {
  const missing = rights.filter((right) => !right.granted);
  if (missing.length === 0) return { state: 'passed', detail: `All ${rights.length} rights are granted.` };
  return {
    // Removed accounts are noticed without it too, only what they were is not seen.
    state: missing.every((right) => right.right === 'read-deleted') ? 'warning' : 'failed',
    detail: missing.map((right) => `${right.right}: ${right.evidence}`).join('; '),
    remedy: 'Run the commands on a domain controller to grant what is missing.',
    commands: missing.flatMap((right) => [
      ...right.commands.samba.map((command) => ({ label: `${right.right}, Samba`, command })),
      ...right.commands.windows.map((command) => ({ label: `${right.right}, Windows`, command })),
    ]),
  };
}

function controllersFinding(info: DirectoryInfo): Finding {
  const count = info.domainControllers.length;
  const used = `${info.dcHostName} is used.`;
  if (count > 1) return { state: 'passed', detail: `${count} domain controllers; ${used}` };
  return {
    state: 'warning',
    detail: `There is one domain controller; ${used}`,
    remedy: 'It works with one. A second one keeps sign-in going while the first is down.',
  };
}

async function checkRights(directory: Directory, managedOu: string): Promise<Check> {
  const title = titles['directory-writable'];
  try {
    return check('directory-writable', title, rightsFinding(await directory.checkRights(managedOu)));
  } catch (error) {
    const { message, remedy } = noticeOf(error);
    return check('directory-writable', title, {
      state: 'failed',
      detail: message,
      ...(remedy === undefined ? {} : { remedy }),
    });
  }
}

async function checkConnected(directory: Directory, managedOu: string): Promise<Check[]> {
  const [info, rights] = await Promise.all([directory.info(), checkRights(directory, managedOu)]);
  const vendor = info.vendor === 'samba' ? 'Samba' : 'Windows';
  return [
    check('directory-reachable', titles['directory-reachable'], {
      state: 'passed',
      detail: `${info.domainName} answers on ${info.dcHostName} (${vendor}).`,
    }),
    check('directory-tls', titles['directory-tls'], {
      state: 'passed',
      detail: 'LDAP over TLS, by the authority pinned at the set-up.',
    }),
    rights,
    check('directory-clock', titles['directory-clock'], clockFinding(info.clockSkewMs, info.dcHostName)),
    check('domain-controllers', titles['domain-controllers'], controllersFinding(info)),
  ];
}

function unreachable(error: unknown): Check[] {
  const { code, message, remedy } = noticeOf(error);
  const untrusted = code === 'directory.certificate-not-trusted';
  return Object.entries(titles).map(([id, title]) => {
    const cause = id === (untrusted ? 'directory-tls' : 'directory-reachable');
    return cause
      ? check(id, title, { state: 'failed', detail: message, ...(remedy === undefined ? {} : { remedy }) })
      : check(id, title, { state: 'unknown', detail: 'Not checked, because the directory was not reached.' });
  });
}

/** Everything about the directory, each its own finding. */
export async function checkDirectory(parts: RequirementParts): Promise<Check[]> {
  const directory = parts.findDirectory();
  if (directory === undefined) {
    return each({ state: 'failed', detail: 'No directory is connected.', remedy: 'Connect one on the set-up page.' });
  }
  try {
    return await checkConnected(directory, parts.managedOu());
  } catch (error) {
    return unreachable(error);
  }
}
