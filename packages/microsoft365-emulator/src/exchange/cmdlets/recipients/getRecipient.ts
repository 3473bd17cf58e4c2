import { choices, flag, list, resultSize, text } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { listing } from '../../listing.ts';
import { isLike, type Recipient } from '../../recipients/Recipient.ts';
import { Recipients } from '../../recipients/Recipients.ts';
import { distinguishedName } from '../../shapes/distinguishedName.ts';
import { momentsOf, recipientShape } from '../../shapes/recipientShape.ts';
import { type Shape, texts } from '../../shapes/Shape.ts';
import { distributionGroupSettings } from '../distribution-groups/distributionGroupSettings.ts';
import { isHidden } from '../mailboxes/mailboxShape.ts';

const types = [
  'MailContact',
  'MailUniversalDistributionGroup',
  'MailUniversalSecurityGroup',
  'MailUser',
  'UserMailbox',
];
const details = [
  'UserMailbox',
  'SharedMailbox',
  'RoomMailbox',
  'EquipmentMailbox',
  'DeskMailbox',
  'GroupMailbox',
  'GuestMailUser',
  'MailContact',
  'MailUniversalDistributionGroup',
  'MailUniversalSecurityGroup',
  'MailUser',
  'RoomList',
  'DiscoveryMailbox',
  'DynamicDistributionGroup',
];

export const getRecipient: Cmdlet = {
  name: 'Get-Recipient',
  area: 'recipients',
  parameters: {
    Identity: text,
    Anr: text,
    RecipientPreviewFilter: text,
    Filter: text,
    RecipientType: choices('Microsoft.Exchange.Data.Directory.Recipient.RecipientType', ...types),
    RecipientTypeDetails: choices('Microsoft.Exchange.Data.Directory.Recipient.RecipientTypeDetails', ...details),
    Properties: list,
    PropertySet: text,
    ResultSize: resultSize,
    SortBy: text,
    IncludeSoftDeletedRecipients: flag,
    Capabilities: list,
  },
  exclusive: [['Identity', 'Anr', 'RecipientPreviewFilter']],
  run: (call) =>
    listing(
      call,
      wanted(call),
      (recipient) => getRecipientShape(call, recipient),
      (recipient) => membersShape(call, recipient),
    ),
};

function wanted(call: CmdletCall): Recipient[] {
  const { parameters } = call;
  const found = candidates(call);
  const recipientTypes = parameters.choices('RecipientType');
  const recipientTypeDetails = parameters.choices('RecipientTypeDetails');
  return found.filter(
    (recipient) =>
      (recipientTypes === undefined || recipientTypes.includes(recipient.recipientType)) &&
      (recipientTypeDetails === undefined || recipientTypeDetails.includes(recipient.recipientTypeDetails)),
  );
}

function candidates(call: CmdletCall): Recipient[] {
  const recipients = new Recipients(call);
  const identity = call.parameters.text('Identity');
  const anr = call.parameters.text('Anr');
  if (identity === undefined) return recipients.all().filter((one) => anr === undefined || isLike(one, anr));
  const found = recipients.find(identity);
  if (found.length === 0) throw new ExchangeError('targetNotFound', { identity });
  return found;
}

function getRecipientShape(call: CmdletCall, recipient: Recipient): Shape {
  const { tenant } = call;
  const properties = recipient.kind === 'mailbox' ? recipient.user.properties : {};
  const textOf = (name: string): string => String(properties[name] ?? '');
  const shape = {
    ...recipientShape(tenant, recipient, momentsOf(tenant, recipient)),
    City: textOf('city'),
    Company: textOf('companyName'),
    CountryOrRegion: textOf('country'),
    Department: textOf('department'),
    FirstName: textOf('givenName'),
    LastName: textOf('surname'),
    Office: textOf('officeLocation'),
    Phone: Array.isArray(properties['businessPhones']) ? String(properties['businessPhones'][0] ?? '') : '',
    PostalCode: textOf('postalCode'),
    StateOrProvince: textOf('state'),
    Title: textOf('jobTitle'),
    ManagedBy: texts(ownersOf(call, recipient)),
    HiddenFromAddressListsEnabled: isHiddenRecipient(call, recipient),
  };
  return selected(call, shape);
}

function ownersOf({ tenant }: CmdletCall, recipient: Recipient): readonly string[] {
  if (recipient.kind !== 'group') return [];
  return tenant.directory.groupOwners.findAll('groupId', recipient.id).map(({ objectId }) => objectId);
}

function isHiddenRecipient({ tenant }: CmdletCall, recipient: Recipient): boolean {
  if (recipient.kind === 'mailbox') return isHidden(recipient.user);
  return recipient.kind === 'group' && distributionGroupSettings(tenant, recipient).hiddenFromAddressLists;
}

/** `Properties` narrows what is shown. */
function selected({ parameters }: CmdletCall, shape: Shape): Shape {
  const change = parameters.list('Properties');
  if (change?.kind !== 'replace' || change.values.length === 0) return shape;
  const names = new Set(change.values.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(shape).filter(([name]) => names.has(name.toLowerCase())));
}

/** Filters such as `Members -eq '<distinguished name>'` ask for the groups that somebody is in. */
function membersShape({ tenant }: CmdletCall, recipient: Recipient): Shape {
  if (recipient.kind !== 'group') return {};
  const members = tenant.directory.groupMembers.findAll('groupId', recipient.id).map(({ objectId }) => objectId);
  return { Members: texts(members.map((id) => distinguishedName(tenant, nameOfMember(tenant, id)))) };
}

/** Users are named by their ids, groups by their names. */
function nameOfMember(tenant: CmdletCall['tenant'], id: string): string {
  const group = tenant.directory.groups.get(id);
  if (group === undefined) return id;
  return tenant.exchange.distributionGroups.get(id)?.name ?? String(group.properties['displayName'] ?? id);
}
