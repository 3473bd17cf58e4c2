import type { Notice, ServicePlan } from '@isthmus/contracts';

export interface KnownLicense {
  readonly skuId: string;
  readonly name: string;
  readonly total: number;
  readonly used: number;
  readonly servicePlans: readonly ServicePlan[];
  readonly state: 'enabled' | 'warning' | 'suspended' | 'deleted' | 'locked-out';
}

function freeSeats(license: KnownLicense): number {
  return Math.max(0, license.total - license.used);
}

function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
}

function problemOf(skuId: string, license: KnownLicense | undefined, needed: number): Notice | undefined {
  if (license === undefined) {
    return {
      code: 'online.license-unknown',
      message: `The tenant has no license ${skuId}.`,
      remedy: 'Choose one of the licenses in the list.',
      field: 'skuIds',
    };
  }
  if (license.state !== 'enabled' && license.state !== 'warning') {
    return {
      code: 'licenses.not-usable',
      message: `${license.name} cannot be assigned: its subscription is ${license.state.replace('-', ' ')}.`,
      remedy: 'Renew the subscription in the Microsoft 365 admin center, or choose another license.',
      field: 'skuIds',
    };
  }
  const free = freeSeats(license);
  if (free >= needed) return undefined;
  return {
    code: 'licenses.not-enough',
    message: `${license.name} is needed for ${people(needed)}, but ${free} of ${license.total} are free.`,
    remedy: `Buy ${needed - free} more, free some, or choose ${people(free)} at most.`,
    field: 'skuIds',
  };
}

/** What stands against giving each of `skuIds` to `needed` more people. */
export function licenseProblems(
  skuIds: readonly string[],
  licenses: readonly KnownLicense[],
  needed: number,
): readonly Notice[] {
  const byId = new Map(licenses.map((license) => [license.skuId, license]));
  return [...new Set(skuIds)]
    .map((skuId) => problemOf(skuId, byId.get(skuId), needed))
    .filter((problem) => problem !== undefined);
}
