import type { Home, Notice } from '@isthmus/contracts';

type Health = Home['health'][number];

export interface FeedFacts {
  readonly heardAt: Date | undefined;
  readonly problem: Notice | undefined;
}

export interface LicenseSeats {
  readonly name: string;
  readonly total: number;
  readonly used: number;
  readonly state: 'enabled' | 'warning' | 'suspended' | 'deleted' | 'locked-out';
}

function instant(date: Date | undefined): string | null {
  return date?.toISOString() ?? null;
}

/** A side that is connected, by what its mirror last heard. */
export function sideHealth(id: 'directory' | 'microsoft365', connected: boolean, feed: FeedFacts): Health {
  const checkedAt = instant(feed.heardAt);
  if (!connected) return { id, state: 'not-set-up', checkedAt: null, notice: null };
  if (feed.problem !== undefined) return { id, state: 'bad', checkedAt, notice: feed.problem };
  return { id, state: feed.heardAt === undefined ? 'unknown' : 'good', checkedAt, notice: null };
}

export function passwordHealth(facts: {
  readonly capture: { readonly state: string; readonly detail: string; readonly seenAt: Date } | undefined;
  readonly rejected: number;
  readonly integrated: boolean;
}): Health {
  const id = 'passwords';
  const { capture, rejected } = facts;
  if (capture === undefined || capture.state === 'not-configured') {
    return { id, state: 'not-set-up', checkedAt: instant(capture?.seenAt), notice: null };
  }
  const checkedAt = instant(capture.seenAt);
  if (capture.state !== 'ready') {
    const notice = {
      code: 'passwords.capture-broken',
      message: capture.detail,
      remedy: 'Start the agent on the domain controller, and mend what it names.',
    };
    return { id, state: 'bad', checkedAt, notice };
  }
  if (rejected === 0 || !facts.integrated) return { id, state: 'good', checkedAt, notice: null };
  const notice = {
    code: 'passwords.rejected',
    message: rejected === 1 ? 'Microsoft 365 refused 1 password.' : `Microsoft 365 refused ${rejected} passwords.`,
    remedy: 'Open the list “Password not in step” and set those passwords anew.',
  };
  return { id, state: 'warning', checkedAt, notice };
}

export function licenseHealth(
  licenses: readonly LicenseSeats[],
  integrated: boolean,
  seenAt: Date | undefined,
): Health {
  const id = 'licenses';
  if (!integrated) return { id, state: 'not-set-up', checkedAt: null, notice: null };
  const checkedAt = instant(seenAt);
  const dead = licenses.find((license) => license.used > 0 && !['enabled', 'warning'].includes(license.state));
  if (dead !== undefined) {
    const notice = {
      code: 'licenses.not-usable',
      message: `The subscription of ${dead.name} is ${dead.state.replace('-', ' ')}; ${dead.used} people use it.`,
      remedy: 'Renew it in the Microsoft 365 admin center.',
    };
    return { id, state: 'bad', checkedAt, notice };
  }
  const short = licenses.find((license) => license.used > license.total);
  const ending = licenses.find((license) => license.state === 'warning' && license.used > 0);
  const concern = short ?? ending;
  if (concern === undefined) return { id, state: licenses.length === 0 ? 'unknown' : 'good', checkedAt, notice: null };
  const notice =
    concern === short
      ? {
          code: 'licenses.overused',
          message: `${concern.name} is used by ${concern.used} people, but only ${concern.total} are paid for.`,
          remedy: 'Buy more seats or take some back.',
        }
      : {
          code: 'licenses.ending',
          message: `The subscription of ${concern.name} has ended and works for a short time only.`,
          remedy: 'Renew it in the Microsoft 365 admin center.',
        };
  return { id, state: 'warning', checkedAt, notice };
}

const DAY_MS = 86_400_000;

export function certificateHealth(expiresAt: Date | undefined, now: Date): Health {
  const id = 'server-certificate';
  if (expiresAt === undefined) return { id, state: 'unknown', checkedAt: null, notice: null };
  const days = Math.floor((expiresAt.getTime() - now.getTime()) / DAY_MS);
  const checkedAt = now.toISOString();
  if (days >= 14) return { id, state: 'good', checkedAt, notice: null };
  const until = expiresAt.toISOString().slice(0, 10);
  const notice = {
    code: 'server.certificate-ends',
    message: days < 0 ? `The certificate ended on ${until}.` : `The certificate ends on ${until}.`,
    remedy: 'Give the server a new one.',
  };
  return { id, state: days < 0 ? 'bad' : 'warning', checkedAt, notice };
}
