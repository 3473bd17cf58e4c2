import { randomUUID } from 'node:crypto';
import type { DistributionGroupRecord, JoinRestriction } from '../../../store/exchangeRecords.ts';
import type { Properties } from '../../../store/records.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { type Rows, rowsOf } from '../../Rows.ts';
import { changedAddresses } from '../../recipients/addresses.ts';
import type { GroupRecipient } from '../../recipients/Recipient.ts';
import { Recipients } from '../../recipients/Recipients.ts';
import { changedRecipientList } from '../../recipients/recipientLists.ts';
import { newDistributionGroupSettings } from './distributionGroupSettings.ts';
import { distributionGroupShape } from './distributionGroupShape.ts';
import { changedOptions } from './groupOptions.ts';
import { newGroupParameters } from './groupParameters.ts';
import { checkAlias, checkName, freeAlias } from './groupRules.ts';

export const newDistributionGroup: Cmdlet = {
  name: 'New-DistributionGroup',
  area: 'recipients',
  parameters: newGroupParameters,
  mandatory: ['Name'],
  run: (call) => {
    const id = call.change(() => create(call));
    return shown(call, id);
  },
};

function create(call: CmdletCall): string {
  const { tenant, parameters } = call;
  const name = parameters.text('Name') ?? '';
  checkName(tenant, name);
  const id = randomUUID();
  const isSecurity = parameters.text('Type') === 'Security';
  const owners = ownersOf(call);
  const members = changedRecipientList(call, 'Members', []) ?? [];
  const now = tenant.now();
  tenant.exchange.distributionGroups.put({ ...settingsOf(call, id, name, isSecurity), ...momentsAt(now.getTime()) });
  const properties = propertiesOf(call, id, name, isSecurity);
  tenant.directory.saveGroup({ id, licenses: [], properties: { ...properties, createdDateTime: now.toISOString() } });
  for (const owner of owners) tenant.directory.addOwner(id, owner);
  const copied = parameters.flag('CopyOwnerToMember') === true ? owners : [];
  for (const member of new Set([...members, ...copied])) tenant.directory.addMember(id, member);
  return id;
}

function momentsAt(now: number): { createdAt: number; changedAt: number } {
  return { createdAt: now, changedAt: now };
}

function propertiesOf(call: CmdletCall, id: string, name: string, isSecurity: boolean): Properties {
  const { tenant, parameters } = call;
  const alias = parameters.text('Alias');
  if (alias !== undefined) checkAlias(tenant, alias);
  const mailNickname = alias ?? freeAlias(tenant, name);
  const primary = parameters.text('PrimarySmtpAddress') ?? `${mailNickname}@${tenant.defaultDomain}`;
  const values = [`SMTP:${primary.replace(/^smtp:/i, '')}`];
  const addresses = changedAddresses(tenant, { id, addresses: [] }, { kind: 'replace', values });
  return {
    displayName: parameters.text('DisplayName') ?? name,
    description: parameters.list('Description') === undefined ? null : descriptionOf(call),
    groupTypes: [],
    mailEnabled: true,
    securityEnabled: isSecurity,
    mailNickname,
    mail: primary.replace(/^smtp:/i, ''),
    proxyAddresses: [...addresses],
    visibility: null,
  };
}

function descriptionOf({ parameters }: CmdletCall): string | null {
  const change = parameters.list('Description');
  const values = change?.kind === 'replace' ? change.values : (change?.add ?? []);
  return values.length === 0 ? null : values.join(' ');
}

/** Whoever makes a group owns it, unless others are named. */
function ownersOf(call: CmdletCall): readonly string[] {
  const named = changedRecipientList(call, 'ManagedBy', []);
  if (named !== undefined && named.length > 0) return named;
  if (call.caller.kind === 'user') return [call.caller.objectId];
  if (call.settings.exchange.applicationsMayOmitManagedBy) return [];
  throw new ExchangeError('invalid', { text: 'The group must have at least one owner: ManagedBy is empty.' });
}

function settingsOf(
  call: CmdletCall,
  id: string,
  name: string,
  isSecurity: boolean,
): Omit<DistributionGroupRecord, 'createdAt' | 'changedAt'> {
  const { parameters } = call;
  const plain = newDistributionGroupSettings(id, name, isSecurity);
  const restriction = (parameter: string, otherwise: JoinRestriction): JoinRestriction =>
    (parameters.text(parameter) as JoinRestriction | undefined) ?? otherwise;
  return {
    ...plain,
    isRoomList: parameters.flag('RoomList') === true,
    memberJoinRestriction: restriction('MemberJoinRestriction', plain.memberJoinRestriction),
    memberDepartRestriction: restriction('MemberDepartRestriction', plain.memberDepartRestriction),
    requireSenderAuthentication: parameters.flag('RequireSenderAuthenticationEnabled') ?? true,
    recipientLists: { ModeratedBy: changedRecipientList(call, 'ModeratedBy', []) ?? [] },
    options: changedOptions(call, {}),
  };
}

function shown(call: CmdletCall, id: string): Rows {
  const group = new Recipients(call).withId(id);
  if (group?.kind !== 'group') throw new ExchangeError('targetNotFound', { identity: id });
  return rowsOf<GroupRecipient>([group], (one) => distributionGroupShape(call, one));
}
