import type { DistributionGroupRecord, JoinRestriction } from '../../../store/exchangeRecords.ts';
import type { Properties, PropertyValue } from '../../../store/records.ts';
import type { Tenant } from '../../../store/Tenant.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { noRows } from '../../Rows.ts';
import { changedAddresses, primaryOf, withPrimary } from '../../recipients/addresses.ts';
import type { GroupRecipient } from '../../recipients/Recipient.ts';
import { Recipients } from '../../recipients/Recipients.ts';
import { changedRecipientList } from '../../recipients/recipientLists.ts';
import { checkManager, checkMaster } from './checkManager.ts';
import { distributionGroupSettings } from './distributionGroupSettings.ts';
import { changedOptions } from './groupOptions.ts';
import { recipientListNames, setGroupParameters } from './groupParameters.ts';
import { checkAlias, checkName } from './groupRules.ts';

export const setDistributionGroup: Cmdlet = {
  name: 'Set-DistributionGroup',
  area: 'recipients',
  parameters: setGroupParameters,
  mandatory: ['Identity'],
  exclusive: [['EmailAddresses', 'PrimarySmtpAddress']],
  run: (call) => {
    const group = new Recipients(call).getDistributionGroup(call.parameters.text('Identity') ?? '');
    checkManager(call, group);
    checkMaster(call, group);
    call.change(() => change(call, group));
    return noRows;
  },
};

function change(call: CmdletCall, group: GroupRecipient): void {
  const { tenant } = call;
  tenant.exchange.distributionGroups.put(changedSettings(call, group));
  const properties = { ...group.group.properties, ...changedProperties(call, group) };
  tenant.directory.saveGroup({ ...group.group, properties });
  changeOwners(call, group);
}

function changedSettings(call: CmdletCall, group: GroupRecipient): DistributionGroupRecord {
  const { tenant, parameters } = call;
  const known = distributionGroupSettings(tenant, group);
  const name = parameters.text('Name') ?? known.name;
  if (name !== known.name) checkName(tenant, name, group.id);
  const recipientLists = Object.fromEntries(
    recipientListNames.map((list) => {
      const ids = known.recipientLists[list] ?? [];
      return [list, changedRecipientList(call, list, ids) ?? ids];
    }),
  );
  const restriction = (parameter: string, otherwise: JoinRestriction): JoinRestriction =>
    (parameters.text(parameter) as JoinRestriction | undefined) ?? otherwise;
  return {
    ...known,
    name,
    changedAt: tenant.now().getTime(),
    isRoomList: parameters.flag('RoomList') ?? known.isRoomList,
    memberJoinRestriction: restriction('MemberJoinRestriction', known.memberJoinRestriction),
    memberDepartRestriction: restriction('MemberDepartRestriction', known.memberDepartRestriction),
    requireSenderAuthentication:
      parameters.flag('RequireSenderAuthenticationEnabled') ?? known.requireSenderAuthentication,
    hiddenFromAddressLists: parameters.flag('HiddenFromAddressListsEnabled') ?? known.hiddenFromAddressLists,
    recipientLists,
    options: changedOptions(call, known.options),
  };
}

function changedProperties(call: CmdletCall, group: GroupRecipient): Properties {
  const { tenant, parameters } = call;
  const changed: Record<string, PropertyValue> = {};
  const displayName = parameters.text('DisplayName');
  if (displayName !== undefined) changed['displayName'] = displayName;
  const alias = parameters.text('Alias');
  if (alias !== undefined) {
    checkAlias(tenant, alias, group.id);
    changed['mailNickname'] = alias;
  }
  const description = parameters.list('Description');
  if (description?.kind === 'replace') changed['description'] = description.values.join(' ') || null;
  const addresses = newAddresses(tenant, call, group);
  if (addresses === undefined) return changed;
  return { ...changed, proxyAddresses: [...addresses], mail: primaryOf(addresses) };
}

function newAddresses(
  tenant: Tenant,
  { parameters }: CmdletCall,
  group: GroupRecipient,
): readonly string[] | undefined {
  const primary = parameters.text('PrimarySmtpAddress');
  if (primary !== undefined) return withPrimary(tenant, group, primary);
  const change = parameters.list('EmailAddresses');
  return change && changedAddresses(tenant, group, change);
}

function changeOwners(call: CmdletCall, group: GroupRecipient): void {
  const { directory } = call.tenant;
  const links = directory.groupOwners.findAll('groupId', group.id);
  const known = links.map(({ objectId }) => objectId);
  const wanted = changedRecipientList(call, 'ManagedBy', known);
  if (wanted === undefined) return;
  if (wanted.length === 0) {
    throw new ExchangeError('invalid', { text: 'The group must have at least one owner: ManagedBy is empty.' });
  }
  for (const link of links) if (!wanted.includes(link.objectId)) directory.removeOwner(link);
  for (const id of wanted) if (!known.includes(id)) directory.addOwner(group.id, id);
}
