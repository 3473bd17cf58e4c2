import type { Check } from '@isthmus/contracts';
import type { Directory, DirectoryInfo, RightCheck } from '@isthmus/directory';
import { isDomainError } from '@isthmus/kernel';
import type { DirectoryRecord } from '../../connections/directoryRecord.ts';
import { noticeOf } from '../jobs/index.ts';

type Finding = Pick<Check, 'state' | 'detail'> & Partial<Pick<Check, 'remedy' | 'commands'>>;

const rightTitles: Readonly<Record<RightCheck['right'], string>> = {
  'read-users': 'Read user accounts',
  'replicate-changes': 'Follow changes of the directory',
  'create-users': 'Add user accounts',
  'delete-users': 'Remove user accounts',
  'write-properties': 'Change user accounts',
  'reset-passwords': 'Reset passwords',
  unlock: 'Unlock accounts',
  'write-members': 'Change the members of groups',
  'manage-groups': 'Add, rename and remove groups',
  'read-deleted': 'See removed accounts',
};
/** Without these nothing works; without the others, some commands are refused by the directory. */
const NECESSARY: readonly RightCheck['right'][] = ['read-users', 'replicate-changes'];
const CLOCK_WARNING_MS = 5_000;
const CLOCK_FAILURE_MS = 300_000;

export function check(id: string, title: string, finding: Finding): Check {
  return {
    id,
    title,
    state: finding.state,
    detail: finding.detail,
    remedy: finding.remedy ?? null,
    commands: finding.commands ?? [],
  };
}

export function failedCheck(id: string, title: string, error: unknown): Check {
  const notice = noticeOf(error);
  return check(id, title, { state: 'failed', detail: notice.message, remedy: notice.remedy ?? null });
}

function rightCheck({ right, granted, evidence, commands }: RightCheck): Check {
  const title = `Right: ${rightTitles[right]}`;
  if (granted) return check(`right-${right}`, title, { state: 'passed', detail: 'Granted.' });
  return check(`right-${right}`, title, {
    state: NECESSARY.includes(right) ? 'failed' : 'warning',
    detail: evidence,
    remedy: 'Run the commands on a domain controller as a domain administrator, then test again.',
    commands: [
      ...commands.samba.map((command) => ({ label: 'Samba', command })),
      ...commands.windows.map((command) => ({ label: 'Windows', command })),
    ],
  });
}

function clockCheck({ clockSkewMs, dcHostName }: DirectoryInfo): Check {
  const distance = Math.abs(clockSkewMs);
  const detail = `${dcHostName} and this server are ${(distance / 1000).toFixed(1)} s apart.`;
  const title = 'The clocks agree';
  if (distance < CLOCK_WARNING_MS) return check('clock', title, { state: 'passed', detail });
  const state = distance < CLOCK_FAILURE_MS ? 'warning' : 'failed';
  return check('clock', title, { state, detail, remedy: 'Let both keep time by NTP.' });
}

function policyCheck({ passwordPolicy }: DirectoryInfo): Check {
  const { minimumLength, complexity, lockoutThreshold } = passwordPolicy;
  const detail = `At least ${minimumLength} characters, ${complexity ? 'complex' : 'of any kind'}; ${
    lockoutThreshold === 0 ? 'accounts are never locked' : `locked after ${lockoutThreshold} wrong passwords`
  }.`;
  if (minimumLength >= 8) return check('password-policy', 'Password policy', { state: 'passed', detail });
  return check('password-policy', 'Password policy', {
    state: 'warning',
    detail,
    remedy: 'Microsoft 365 wants at least 8 characters: shorter passwords will be refused online.',
  });
}

/** The group's DN, from its DN or its name. */
export async function resolveGroup(directory: Directory, group: string): Promise<string | undefined> {
  const wanted = group.toLowerCase();
  const groups = await directory.listGroups();
  return groups.find(({ dn, name }) => dn.toLowerCase() === wanted || name.toLowerCase() === wanted)?.dn;
}

async function groupCheck(directory: Directory, id: string, title: string, group: string): Promise<Check> {
  const dn = await resolveGroup(directory, group);
  if (dn !== undefined) return check(id, title, { state: 'passed', detail: dn });
  return check(id, title, {
    state: 'failed',
    detail: `There is no group ${group}.`,
    remedy: 'Enter the name or the distinguished name of an existing group.',
  });
}

async function rightChecks(directory: Directory, managedOu: string): Promise<Check[]> {
  try {
    return (await directory.checkRights(managedOu)).map(rightCheck);
  } catch (error) {
    return [failedCheck('rights', 'Rights of the service account', error)];
  }
}

function informationChecks(info: DirectoryInfo): Check[] {
  const vendor = info.vendor === 'samba' ? 'Samba' : 'Windows';
  const count = info.domainControllers.length;
  return [
    check('domain', 'The domain answers', {
      state: 'passed',
      detail: `${info.domainName} on ${info.dcHostName} (${vendor}).`,
    }),
    check('domain-controllers', 'Domain controllers', {
      state: count > 1 ? 'passed' : 'warning',
      detail: count === 1 ? 'There is one.' : `There are ${count}.`,
      remedy: count > 1 ? null : 'It works with one. A second one keeps sign-in going while the first is down.',
    }),
    clockCheck(info),
    policyCheck(info),
  ];
}

/** Everything that the connected directory must offer, one by one. */
export async function directoryChecks(
  directory: Directory,
  record: Pick<DirectoryRecord, 'managedOu' | 'administratorsGroup' | 'helpDeskGroup' | 'readersGroup'>,
): Promise<Check[]> {
  try {
    const checks = informationChecks(await directory.info());
    const groups: readonly (readonly [string, string, string | undefined])[] = [
      ['administrators-group', 'Group of administrators', record.administratorsGroup],
      ['help-desk-group', 'Group of the help desk', record.helpDeskGroup],
      ['readers-group', 'Group of readers', record.readersGroup],
    ];
    for (const [id, title, group] of groups) {
      if (group !== undefined && group !== '') checks.push(await groupCheck(directory, id, title, group));
    }
    return [...checks, ...(await rightChecks(directory, record.managedOu))];
  } catch (error) {
    if (!isDomainError(error)) throw error;
    return [failedCheck('domain', 'The domain answers', error)];
  }
}
