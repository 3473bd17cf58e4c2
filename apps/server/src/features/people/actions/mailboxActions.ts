import { nameOf, type Person, type PersonOrAccount } from '../Person.ts';
import { type ActionCall, type ActionOf, type ActionOutcome, demandOnline, fieldChanges } from './ActionTools.ts';

/**
 * By Exchange alone: Graph shows addresses and cannot change them. The mirror is told at once, Graph minutes later. It is
 * written even when Exchange shows it so already, because what it shows may be minutes old.
 */
export async function setAddresses(
  action: ActionOf<'online.set-addresses'>,
  person: PersonOrAccount,
  { tools, options }: ActionCall,
): Promise<ActionOutcome> {
  const online = demandOnline(person);
  const { mailboxes } = tools.connections.getMicrosoft365();
  const before = await mailboxes.find(online.id, options);
  const after = await mailboxes.setAddresses(online.id, action, options);
  const others = online.proxyAddresses.filter((address) => !/^smtp:/i.test(address));
  await tools.people.saveOnline({
    ...online,
    mail: after.primaryAddress,
    proxyAddresses: [`SMTP:${after.primaryAddress}`, ...after.aliases.map((alias) => `smtp:${alias}`), ...others],
  });
  return {
    side: 'online',
    event: 'online.addresses-set',
    sentence: `Changed the e-mail addresses of ${nameOf(person)}`,
    changes: fieldChanges(
      { primaryAddress: before?.primaryAddress, aliases: before?.aliases },
      { primaryAddress: after.primaryAddress, aliases: after.aliases },
    ),
    onlineAccountId: online.id,
  };
}

/** Written whatever Exchange shows, which may be minutes old; without a mailbox there is nothing to do. */
export async function changeMailbox(
  action: ActionOf<'online.change-mailbox'>,
  person: Person,
  { tools, options }: ActionCall,
): Promise<ActionOutcome> {
  const online = demandOnline(person);
  const { mailboxes } = tools.connections.getMicrosoft365();
  const before = await mailboxes.find(online.id, options);
  if (before === undefined) return 'unchanged';
  const after = await mailboxes.change(online.id, action.changes, options);
  return {
    side: 'online',
    event: 'online.mailbox-changed',
    sentence: `Changed the mailbox of ${nameOf(person)}`,
    changes: fieldChanges(before, after).filter(({ field }) => field in action.changes),
    onlineAccountId: online.id,
  };
}
