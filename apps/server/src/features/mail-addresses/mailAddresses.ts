import type { CommandResult, MailAddresses } from '@isthmus/contracts';
import type { Mailbox } from '@isthmus/microsoft365';
import { sql } from 'kysely';
import type { Platform } from '../../composition/Platform.ts';
import { type CommandCall, type CommandDependencies, plainNames, runCommand } from '../commands/index.ts';
import { readTenantFacts } from '../online-accounts/index.ts';
import { nameOf, type PersonOrAccount, type PersonStore } from '../people/index.ts';
import { type MailAddressesRequest, planMailAddresses, wantedAddresses } from './planMailAddresses.ts';

const options = { lane: 'interactive' } as const;

async function findMailbox(platform: Platform, person: PersonOrAccount): Promise<Mailbox | undefined> {
  const { online } = person;
  if (online === undefined || online.deletedAt !== undefined) return undefined;
  return platform.connections.getMicrosoft365().mailboxes.find(online.id, options);
}

/** The addresses as Exchange answers now. */
export async function getMailAddresses(
  platform: Platform,
  people: PersonStore,
  onlineAccountId: string,
): Promise<MailAddresses> {
  const person = await people.getAccount(onlineAccountId);
  const integrated = platform.connections.findMicrosoft365() !== undefined;
  const [mailbox, domains] = await Promise.all([
    integrated ? findMailbox(platform, person) : undefined,
    platform.database
      .selectFrom('tenant_domain')
      .select('name')
      .where('is_verified', '=', true)
      .orderBy('is_default', 'desc')
      .orderBy('name')
      .execute(),
  ]);
  return {
    primaryAddress: mailbox?.primaryAddress ?? null,
    aliases: [...(mailbox?.aliases ?? [])],
    hidden: mailbox?.hidden ?? false,
    forwardTo: mailbox?.forwardTo ?? null,
    domains: domains.map(({ name }) => name),
  };
}

/** Other people of the directory with one of the addresses, as e-mail property or as name for signing in. */
async function findInDirectory({ database }: Platform, person: PersonOrAccount, addresses: readonly string[]) {
  const { rows } = await sql<{ address: string; name: string }>`
    select lower(value) as address, coalesce(nullif(u.display_name, ''), u.user_name) as name
    from directory_user u cross join lateral (values (u.mail), (u.upn)) as known(value)
    where u.removed_at is null and u.id is distinct from ${person.user?.id ?? null} and lower(value) = any (${addresses})`.execute(
    database,
  );
  return rows;
}

/** The directory and the mirror know accounts; groups, contacts and what is new are known to Exchange alone. */
async function findHolders(
  platform: Platform,
  person: PersonOrAccount,
  addresses: readonly string[],
  book: Awaited<ReturnType<typeof readTenantFacts>>['book'],
): Promise<ReadonlyMap<string, string>> {
  const holders = new Map<string, string>();
  for (const { address, name } of await findInDirectory(platform, person, addresses)) holders.set(address, name);
  const { mailboxes } = platform.connections.getMicrosoft365();
  for (const address of addresses.filter((each) => !holders.has(each))) {
    const known = book.findHolder(address);
    if (known !== undefined && known.id !== person.online?.id) holders.set(address, known.upn);
    if (known !== undefined) continue;
    const recipient = await mailboxes.findRecipient(address, options);
    if (recipient !== undefined && recipient.id !== person.online?.id) holders.set(address, recipient.displayName);
  }
  return holders;
}

/** Changes the addresses online, and the directory's e-mail property with them. */
export async function setMailAddresses(
  platform: Platform,
  { people }: CommandDependencies,
  call: CommandCall,
  onlineAccountId: string,
  request: MailAddressesRequest,
): Promise<CommandResult> {
  const person = await people.getAccount(onlineAccountId);
  return runCommand(platform, call, {
    kind: 'set-mail-addresses',
    title: `Change the e-mail addresses of ${nameOf(person)}`,
    auditAction: 'user.set-mail-addresses',
    auditVerb: 'Changed the e-mail addresses of',
    names: plainNames,
    plan: async () => {
      const [mailbox, tenant] = await Promise.all([findMailbox(platform, person), readTenantFacts(platform)]);
      const { primary, aliases } = wantedAddresses(request);
      const owned = new Set([mailbox?.primaryAddress, ...(mailbox?.aliases ?? [])].map((each) => each?.toLowerCase()));
      const fresh = [primary, ...aliases].map((each) => each.toLowerCase()).filter((each) => !owned.has(each));
      const holders = await findHolders(platform, person, fresh, tenant.book);
      return planMailAddresses(person, request, { mailbox, verifiedDomains: tenant.verifiedDomains, holders });
    },
  });
}
