import type { Plan, Proposal } from '@isthmus/contracts';

/** What the administrator changed in the list; everything else is as the server proposed it. */
export interface BulkChoices {
  readonly ticks: Readonly<Record<string, boolean>>;
  readonly addresses: Readonly<Record<string, string>>;
}

export interface BulkRow {
  readonly proposal: Proposal;
  readonly ticked: boolean;
  readonly address: string;
  readonly problem: string | undefined;
}

export type AddressProblem = 'empty' | 'shape' | 'domain' | 'double';

/** Microsoft 365 allows these before the @, with no dot at either end and no two in a row. */
const localPart = /^[A-Za-z0-9!#^~'_-]+(\.[A-Za-z0-9!#^~'_-]+)*$/;
const LONGEST_LOCAL_PART = 64;

/** What is wrong with an address that can be seen without asking Microsoft 365. */
export function addressProblem(
  address: string,
  domains: readonly string[],
  uses: ReadonlyMap<string, number>,
): AddressProblem | undefined {
  const [name = '', domain, ...rest] = address.split('@');
  if (address === '') return 'empty';
  if (domain === undefined || rest.length > 0 || name.length > LONGEST_LOCAL_PART || !localPart.test(name))
    return 'shape';
  if (!domains.some((known) => known.toLowerCase() === domain.toLowerCase())) return 'domain';
  return (uses.get(address.toLowerCase()) ?? 0) > 1 ? 'double' : undefined;
}

/** How often each address is asked for by the ticked rows. */
export function countAddresses(rows: readonly Pick<BulkRow, 'ticked' | 'address'>[]): ReadonlyMap<string, number> {
  const uses = new Map<string, number>();
  for (const { ticked, address } of rows) {
    if (ticked) uses.set(address.toLowerCase(), (uses.get(address.toLowerCase()) ?? 0) + 1);
  }
  return uses;
}

/** Why the server would leave people out, by user id. */
export function refusalsOf(plan: Plan): Readonly<Record<string, string>> {
  const refused = plan.items.flatMap(({ subject, blocked }) =>
    blocked === null || subject.userId === null
      ? []
      : [[subject.userId, [blocked.message, blocked.remedy].filter((part) => part !== undefined).join(' ')] as const],
  );
  return Object.fromEntries(refused);
}
