import type { FolderPermissionRecord } from '../../../store/exchangeRecords.ts';
import { choices, flag, type ParameterTable, text } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { listing } from '../../listing.ts';
import { noRows, type Rows, rowsOf } from '../../Rows.ts';
import type { MailboxRecipient } from '../../recipients/Recipient.ts';
import { Recipients } from '../../recipients/Recipients.ts';
import { type Shape, texts } from '../../shapes/Shape.ts';

const folders = [
  'Inbox',
  'Calendar',
  'Contacts',
  'Tasks',
  'Notes',
  'Drafts',
  'Sent Items',
  'Deleted Items',
  'Top of Information Store',
];

const rights = choices(
  'Microsoft.Exchange.Management.StoreTasks.MailboxFolderAccessRight',
  'None',
  'Owner',
  'PublishingEditor',
  'Editor',
  'PublishingAuthor',
  'Author',
  'NonEditingAuthor',
  'Reviewer',
  'Contributor',
  'AvailabilityOnly',
  'LimitedDetails',
  'CreateItems',
  'CreateSubfolders',
  'DeleteAllItems',
  'DeleteOwnedItems',
  'EditAllItems',
  'EditOwnedItems',
  'FolderContact',
  'FolderOwner',
  'FolderVisible',
  'ReadItems',
);

const target: ParameterTable = { Identity: text, User: text };
const change: ParameterTable = {
  ...target,
  AccessRights: rights,
  SendNotificationToUser: flag,
  SharingPermissionFlags: text,
};

interface Folder {
  readonly recipient: MailboxRecipient;
  readonly name: string;
  readonly permissions: readonly FolderPermissionRecord[];
}

export const getMailboxFolderPermission: Cmdlet = {
  name: 'Get-MailboxFolderPermission',
  area: 'recipients',
  parameters: target,
  mandatory: ['Identity'],
  run: (call) => {
    const folder = getFolder(call);
    const user = call.parameters.has('User') ? userId(call) : undefined;
    const wanted = folder.permissions.filter((permission) => user === undefined || permission.user === user);
    if (user !== undefined && wanted.length === 0) throw noPermission(call);
    return listing(call, wanted, (permission) => permissionShape(call, permission));
  },
};

export const addMailboxFolderPermission: Cmdlet = {
  name: 'Add-MailboxFolderPermission',
  area: 'recipients',
  parameters: change,
  mandatory: ['Identity', 'User', 'AccessRights'],
  run: (call) => {
    const folder = getFolder(call);
    const user = userId(call);
    if (folder.permissions.some((permission) => permission.user === user)) {
      const text = `An existing permission entry was found for user: ${call.parameters.text('User') ?? ''}.`;
      throw new ExchangeError('refused', { text });
    }
    return put(call, folder, user);
  },
};

export const setMailboxFolderPermission: Cmdlet = {
  name: 'Set-MailboxFolderPermission',
  area: 'recipients',
  parameters: change,
  mandatory: ['Identity', 'User', 'AccessRights'],
  run: (call) => {
    const folder = getFolder(call);
    const user = userId(call);
    if (!folder.permissions.some((permission) => permission.user === user)) throw noPermission(call);
    put(call, folder, user);
    return noRows;
  },
};

export const removeMailboxFolderPermission: Cmdlet = {
  name: 'Remove-MailboxFolderPermission',
  area: 'recipients',
  parameters: target,
  mandatory: ['Identity', 'User'],
  confirms: true,
  run: (call) => {
    const folder = getFolder(call);
    const user = userId(call);
    if (!folder.permissions.some((permission) => permission.user === user)) throw noPermission(call);
    save(
      call,
      folder,
      folder.permissions.filter((permission) => permission.user !== user),
    );
    return noRows;
  },
};

function put(call: CmdletCall, folder: Folder, user: string): Rows {
  const permission = { folder: folder.name, user, accessRights: call.parameters.choices('AccessRights') ?? [] };
  save(call, folder, [...folder.permissions.filter((known) => known.user !== user), permission]);
  return rowsOf([permission], (one) => permissionShape(call, one));
}

function save(call: CmdletCall, folder: Folder, permissions: readonly FolderPermissionRecord[]): void {
  const { mailbox } = folder.recipient;
  const others = mailbox.folderPermissions.filter((known) => known.folder !== folder.name);
  const folderPermissions = [...others, ...permissions];
  call.change(() => call.tenant.exchange.mailboxes.put({ ...mailbox, folderPermissions }));
}

/** `ada@contoso.com:\Calendar`; without a folder, the root of the mailbox. */
function getFolder(call: CmdletCall): Folder {
  const identity = call.parameters.text('Identity') ?? '';
  const [owner = '', path = ''] = identity.split(':\\');
  const recipient = new Recipients(call).getMailbox(owner, 'mailboxNotFound');
  const wanted = path === '' ? 'Top of Information Store' : path;
  const name = folders.find((folder) => folder.toLowerCase() === wanted.toLowerCase());
  if (name === undefined) throw new ExchangeError('targetNotFound', { identity });
  const stored = recipient.mailbox.folderPermissions.filter(({ folder }) => folder === name);
  return { recipient, name, permissions: stored.length > 0 ? stored : defaults(name) };
}

function defaults(folder: string): readonly FolderPermissionRecord[] {
  const everybody = folder === 'Calendar' ? 'AvailabilityOnly' : 'None';
  return [
    { folder, user: 'Default', accessRights: [everybody] },
    { folder, user: 'Anonymous', accessRights: ['None'] },
  ];
}

function userId(call: CmdletCall): string {
  const user = call.parameters.text('User') ?? '';
  const special = ['Default', 'Anonymous'].find((name) => name.toLowerCase() === user.toLowerCase());
  return special ?? new Recipients(call).getReference(user).id;
}

function noPermission({ parameters }: CmdletCall): ExchangeError {
  const text = `There is no existing permission entry found for user: ${parameters.text('User') ?? ''}.`;
  return new ExchangeError('refused', { text });
}

function permissionShape({ tenant }: CmdletCall, { folder, user, accessRights }: FolderPermissionRecord): Shape {
  const displayName = tenant.users.get(user)?.properties['displayName'];
  return {
    Identity: folder,
    FolderName: folder,
    User: typeof displayName === 'string' ? displayName : user,
    AccessRights: texts(accessRights),
    SharingPermissionFlags: null,
    IsValid: true,
    ObjectState: 'Unchanged',
  };
}
