import { canonicalName, type DnsRecord } from '@isthmus/kernel';

type MxRecord = Extract<DnsRecord, { type: 'MX' }>;

/** Space for servers in between. */
const STEP = 10;
const LARGEST = 65_535;
/** Reserved for what never takes mail, as records that only prove ownership have. */
const NEVER_MAIL = 32_767;
const TAKES_NO_MAIL = /\.msv1\.invalid$/;

/**
 * The mail servers of a domain with the tenant's among them. While mail still goes elsewhere, the tenant's comes behind
 * all of today's servers: a greater preference means "later", and 0 would mean "first" (RFC 5321, section 5.1). Once mail
 * has moved, it comes before them; nothing is removed, that is the owner's decision.
 */
export function planMx(current: readonly MxRecord[], wanted: MxRecord, hasMoved: boolean): MxRecord[] {
  const isOurs = ({ exchange }: MxRecord): boolean => canonicalName(exchange) === canonicalName(wanted.exchange);
  const others = current.filter((record) => !isOurs(record));
  const ours = current.find(isOurs);
  const mailing = others.filter(({ exchange }) => !TAKES_NO_MAIL.test(canonicalName(exchange)));
  const preference = preferenceOf(
    mailing.map((record) => record.preference),
    ours?.preference,
    hasMoved,
  );
  return [...others, { ...wanted, ttl: ours?.ttl ?? wanted.ttl, preference }];
}

function preferenceOf(others: readonly number[], ours: number | undefined, hasMoved: boolean): number {
  const [smallest, greatest] = [Math.min(...others), Math.max(...others)];
  if (others.length === 0) return ours ?? (hasMoved ? 0 : STEP);
  if (hasMoved) return ours !== undefined && ours < smallest ? ours : Math.max(0, smallest - STEP);
  if (ours !== undefined && ours > greatest) return ours;
  return Math.min(greatest + STEP, greatest < NEVER_MAIL ? NEVER_MAIL - 1 : LARGEST);
}

/** Whether the preferences are as the plan wants them. */
export function isMxInOrder(current: readonly MxRecord[], wanted: MxRecord, hasMoved: boolean): boolean {
  const ours = current.find(({ exchange }) => canonicalName(exchange) === canonicalName(wanted.exchange));
  const planned = planMx(current, wanted, hasMoved).at(-1);
  return ours !== undefined && ours.preference === planned?.preference;
}
