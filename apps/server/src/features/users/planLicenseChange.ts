import type { Notice } from '@isthmus/contracts';
import { asked, type PlannedAction, type PlannedCommand } from '../commands/index.ts';
import { type KnownLicense, licenseProblems } from '../online-accounts/index.ts';
import { nameOf, type PersonOrAccount } from '../people/index.ts';
import { type Online, planEach, refusal, refuseWithoutAccount } from './planOnlineSide.ts';
import { Seats } from './Seats.ts';

export interface LicenseChangeRequest {
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** Services to switch off, by product of `add`. */
  readonly disabledPlans: Readonly<Record<string, readonly string[]>>;
  readonly usageLocation?: string | undefined;
  readonly whenShort: 'refuse' | 'wait';
}

export interface LicenseChangeFacts {
  readonly licenses: readonly KnownLicense[];
  /** Of the tenant, for people who have none. */
  readonly usageLocation: string | undefined;
  /** Products that people wait for, by user id. */
  readonly waiting: ReadonlyMap<string, ReadonlySet<string>>;
}

function requestProblem({ add, remove, disabledPlans }: LicenseChangeRequest, facts: LicenseChangeFacts) {
  const [first] = licenseProblems(add, facts.licenses, 0);
  if (first !== undefined) return first;
  const both = add.find((skuId) => remove.includes(skuId));
  const nameFor = (skuId: string): string => facts.licenses.find((one) => one.skuId === skuId)?.name ?? skuId;
  if (add.length + remove.length === 0) {
    return refusal('licenses.nothing-chosen', 'No product was chosen.', 'Choose a product to assign or to take back.');
  }
  if (both !== undefined) {
    return refusal(
      'licenses.both-ways',
      `${nameFor(both)} is to be assigned and taken back.`,
      'Choose one of the two.',
    );
  }
  for (const [skuId, planIds] of Object.entries(disabledPlans)) {
    const known = facts.licenses.find((license) => license.skuId === skuId);
    const strange = planIds.find((id) => !known?.servicePlans.some((plan) => plan.id === id));
    if (!add.includes(skuId) || strange !== undefined) {
      const message = `${nameFor(skuId)} has no service ${strange ?? planIds.join(', ')} to switch off.`;
      return refusal('licenses.service-unknown', message, 'Name services of the products that are assigned.');
    }
  }
  return undefined;
}

/** Products that the person would get, those that a group gives already left out. */
function wantedBy(online: Online, request: LicenseChangeRequest) {
  const given = (skuId: string): boolean => online.skuIds.includes(skuId);
  const differs = (skuId: string): boolean => {
    const wanted = request.disabledPlans[skuId];
    return wanted !== undefined && wanted.toSorted().join() !== (online.disabledPlans[skuId] ?? []).toSorted().join();
  };
  const inherited = request.add.filter((skuId) => online.inheritedSkuIds.includes(skuId));
  const own = request.add.filter((skuId) => !inherited.includes(skuId));
  return {
    inherited,
    fresh: own.filter((skuId) => !given(skuId)),
    changed: own.filter((skuId) => given(skuId) && differs(skuId)),
  };
}

/** What becomes of each product of the request for one person. */
interface Decision {
  /** A group gives them already. */
  readonly inherited: readonly string[];
  /** Not there yet; `seated` of them find a seat, for `queued` the person waits from now on. */
  readonly fresh: readonly string[];
  readonly seated: readonly string[];
  readonly queued: readonly string[];
  /** There already, with other services. */
  readonly changed: readonly string[];
  readonly taken: readonly string[];
  /** To be taken, but a group gives them. */
  readonly kept: readonly string[];
  /** To be taken, but the seat in whose place is not there yet. */
  readonly postponed: readonly string[];
  readonly stopped: readonly string[];
}

function decide(
  person: PersonOrAccount,
  online: Online,
  request: LicenseChangeRequest,
  parts: { readonly facts: LicenseChangeFacts; readonly seats: Seats },
): Decision {
  const { inherited, fresh, changed } = wantedBy(online, request);
  const waiting = parts.facts.waiting.get(person.user?.id ?? '') ?? new Set<string>();
  const seated = fresh.filter((skuId) => parts.seats.take(skuId));
  const held = request.remove.filter((skuId) => online.skuIds.includes(skuId));
  const kept = held.filter((skuId) => online.inheritedSkuIds.includes(skuId));
  const ours = held.filter((skuId) => !kept.includes(skuId));
  const isShort = seated.length < fresh.length;
  return {
    inherited,
    fresh,
    seated,
    queued: person.user === undefined ? [] : fresh.filter((skuId) => !seated.includes(skuId) && !waiting.has(skuId)),
    changed,
    taken: isShort ? [] : ours,
    kept,
    postponed: isShort ? ours : [],
    stopped: request.remove.filter((skuId) => waiting.has(skuId)),
  };
}

function locationAction(online: Online, request: LicenseChangeRequest, facts: LicenseChangeFacts): PlannedAction[] {
  const usageLocation = request.usageLocation ?? facts.usageLocation;
  if (online.usageLocation !== undefined || usageLocation === undefined) return [];
  return [asked({ type: 'online.change', changes: { usageLocation } })];
}

function changeAction(
  skuIds: readonly string[],
  taken: readonly string[],
  { disabledPlans }: LicenseChangeRequest,
): PlannedAction[] {
  if (skuIds.length === 0) return taken.length === 0 ? [] : [asked({ type: 'online.remove-licenses', skuIds: taken })];
  const chosen = Object.fromEntries(Object.entries(disabledPlans).filter(([skuId]) => skuIds.includes(skuId)));
  return [
    asked({
      type: 'online.assign-licenses',
      skuIds,
      // In one call with what is given: a mailbox that moves from product to product is never without one.
      ...(taken.length === 0 ? {} : { inPlaceOf: taken }),
      ...(Object.keys(chosen).length === 0 ? {} : { disabledPlans: chosen }),
    }),
  ];
}

function actionsOf(
  online: Online,
  decision: Decision,
  request: LicenseChangeRequest,
  facts: LicenseChangeFacts,
): PlannedAction[] {
  const { fresh, seated, changed, taken, queued, stopped } = decision;
  // Each by itself: a service belongs to one product, and the turn of each comes at another time.
  const waits = queued.map((skuId) => {
    const services = request.disabledPlans[skuId] ?? [];
    return asked({
      type: 'license.wait',
      skuIds: [skuId],
      ...(services.length === 0 ? {} : { disabledPlans: services }),
    });
  });
  return [
    ...(fresh.length === 0 ? [] : locationAction(online, request, facts)),
    ...changeAction([...seated, ...changed], taken, request),
    ...waits,
    ...(stopped.length === 0 ? [] : [asked({ type: 'license.stop-waiting', skuIds: stopped })]),
  ];
}

function warningsFor(
  person: PersonOrAccount,
  online: Online,
  { inherited, fresh, seated, changed, taken, kept, postponed }: Decision,
  nameFor: (skuId: string) => string,
): Notice[] {
  const byGroup = (code: string, skuId: string, then: string): Notice =>
    refusal(code, `${nameFor(skuId)} comes from a group, ${then}`, 'Change the group instead.');
  const isLast =
    taken.length > 0 && seated.length + changed.length === 0 && online.skuIds.every((skuId) => taken.includes(skuId));
  const last = refusal(
    'licenses.last-one',
    `${nameOf(person)} keeps no license: mail and files are deleted after some time, usually 30 days.`,
    'Give another license within that time if they are still needed.',
  );
  const later = refusal(
    'licenses.kept-until-seat',
    `${nameOf(person)} keeps ${postponed.map(nameFor).join(', ')} for now, because the other seat is not there yet.`,
    'Take it back once the seat has come.',
  );
  const unseated = person.user === undefined ? fresh.filter((skuId) => !seated.includes(skuId)) : [];
  const cannotWait = refusal(
    'licenses.cannot-wait',
    `${nameOf(person)} does not get ${unseated.map(nameFor).join(', ')}: no seat is free, and only people can wait for one.`,
    'Assign it once a seat is free.',
  );
  return [
    ...(unseated.length > 0 ? [cannotWait] : []),
    ...inherited.map((skuId) => byGroup('licenses.from-group', skuId, 'so it is not assigned again.')),
    ...kept.map((skuId) => byGroup('licenses.kept-by-group', skuId, 'so it stays.')),
    ...(isLast ? [last] : []),
    ...(postponed.length > 0 ? [later] : []),
  ];
}

function refuseWithoutLocation(person: PersonOrAccount, request: LicenseChangeRequest, facts: LicenseChangeFacts) {
  const location = person.online?.usageLocation ?? request.usageLocation ?? facts.usageLocation;
  if (location !== undefined || request.add.length === 0) return undefined;
  return refusal(
    'online.usage-location-missing',
    `${nameOf(person)} has no usage location, and the tenant has no default.`,
    'Choose the country in which the licenses are used.',
  );
}

/**
 * Pure: products are given and taken back in one step for each person. What a group gives is left alone. Whoever finds
 * no seat stops the whole plan, or waits, as the request says.
 */
export function planLicenseChange(
  people: readonly PersonOrAccount[],
  request: LicenseChangeRequest,
  facts: LicenseChangeFacts,
): PlannedCommand {
  const blocked = requestProblem(request, facts);
  if (blocked !== undefined) return { people: [], warnings: [], blocked };
  const names = new Map(facts.licenses.map((license) => [license.skuId, license.name]));
  const seats = new Seats(facts.licenses);
  const planned = planEach(
    people,
    (person) => refuseWithoutAccount(person) ?? refuseWithoutLocation(person, request, facts),
    (person, online) => {
      const decision = decide(person, online, request, { facts, seats });
      return {
        actions: actionsOf(online, decision, request, facts),
        warnings: warningsFor(person, online, decision, (skuId) => names.get(skuId) ?? skuId),
      };
    },
  );
  const short = [...seats.needed].flatMap(([skuId, count]) => licenseProblems([skuId], facts.licenses, count));
  const [first] = short;
  if (first === undefined) return planned;
  if (request.whenShort === 'refuse') {
    return { ...planned, blocked: { ...first, remedy: `${first.remedy ?? ''} Or let the others wait for a seat.` } };
  }
  return { ...planned, warnings: short.map((one) => ({ ...one, remedy: 'Whoever finds none waits for a seat.' })) };
}
