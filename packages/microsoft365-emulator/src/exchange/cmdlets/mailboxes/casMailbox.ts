import type { ClientAccessRecord } from '../../../store/exchangeRecords.ts';
import { applyListChange } from '../../binding/ListChange.ts';
import { flag, list, resultSize, text } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { listing } from '../../listing.ts';
import { noRows } from '../../Rows.ts';
import type { MailboxRecipient } from '../../recipients/Recipient.ts';
import { Recipients } from '../../recipients/Recipients.ts';
import { recipientShape } from '../../shapes/recipientShape.ts';
import { type Shape, texts } from '../../shapes/Shape.ts';
import { defaultPolicy, findPolicy, getPolicy } from '../mobile-devices/policies.ts';

// How long logs of synchronizing are kept. Microsoft documentation: Set-CASMailbox, `ActiveSyncDebugLogging`.
const LOGGING_MS = 48 * 3600 * 1000;

export const getCasMailbox: Cmdlet = {
  name: 'Get-CASMailbox',
  area: 'recipients',
  parameters: { Identity: text, Anr: text, Filter: text, ResultSize: resultSize, SortBy: text },
  exclusive: [['Identity', 'Anr']],
  run: (call) => {
    const recipients = new Recipients(call);
    const identity = call.parameters.text('Identity');
    const found = identity === undefined ? recipients.mailboxes() : [recipients.getMailbox(identity)];
    return listing(call, found, (mailbox) => casMailboxShape(call, mailbox));
  },
};

export const setCasMailbox: Cmdlet = {
  name: 'Set-CASMailbox',
  area: 'recipients',
  parameters: {
    Identity: text,
    ActiveSyncEnabled: flag,
    ActiveSyncAllowedDeviceIDs: list,
    ActiveSyncBlockedDeviceIDs: list,
    ActiveSyncMailboxPolicy: text,
    ActiveSyncDebugLogging: flag,
  },
  mandatory: ['Identity'],
  run: (call) => {
    const { mailbox } = new Recipients(call).getMailbox(call.parameters.text('Identity') ?? '');
    const clientAccess = changedAccess(call, mailbox.clientAccess);
    const changedAt = call.tenant.now().getTime();
    call.change(() => call.tenant.exchange.mailboxes.put({ ...mailbox, clientAccess, changedAt }));
    return noRows;
  },
};

function changedAccess(call: CmdletCall, access: ClientAccessRecord): ClientAccessRecord {
  const { parameters, tenant } = call;
  const changedIds = (name: string, known: readonly string[]): readonly string[] => {
    const change = parameters.list(name);
    return change === undefined ? known : applyListChange(known, change);
  };
  const logging = parameters.flag('ActiveSyncDebugLogging');
  return {
    activeSyncEnabled: parameters.flag('ActiveSyncEnabled') ?? access.activeSyncEnabled,
    allowedDeviceIds: changedIds('ActiveSyncAllowedDeviceIDs', access.allowedDeviceIds),
    blockedDeviceIds: changedIds('ActiveSyncBlockedDeviceIDs', access.blockedDeviceIds),
    policyId: changedPolicy(call, access.policyId),
    debugLoggingUntil:
      logging === undefined ? access.debugLoggingUntil : logging ? tenant.now().getTime() + LOGGING_MS : null,
  };
}

/** Null goes back to the organization's default policy. */
function changedPolicy({ parameters, tenant }: CmdletCall, known: string | null): string | null {
  if (!parameters.has('ActiveSyncMailboxPolicy')) return known;
  const identity = parameters.text('ActiveSyncMailboxPolicy');
  if (identity === undefined) return null;
  const policy = findPolicy(tenant, identity);
  if (policy === undefined) throw new ExchangeError('referenceNotFound', { identity });
  return policy.id;
}

function casMailboxShape({ tenant }: CmdletCall, recipient: MailboxRecipient): Shape {
  const { clientAccess, id } = recipient.mailbox;
  const policy = getPolicy(tenant, clientAccess.policyId);
  const isLogging = (clientAccess.debugLoggingUntil ?? 0) > tenant.now().getTime();
  return {
    ...recipientShape(tenant, recipient, recipient.mailbox),
    ActiveSyncEnabled: clientAccess.activeSyncEnabled,
    ActiveSyncAllowedDeviceIDs: texts(clientAccess.allowedDeviceIds),
    ActiveSyncBlockedDeviceIDs: texts(clientAccess.blockedDeviceIds),
    ActiveSyncMailboxPolicy: policy.name,
    ActiveSyncMailboxPolicyIsDefaulted: policy.id === defaultPolicy(tenant).id && clientAccess.policyId === null,
    ActiveSyncSuppressReadReceipt: false,
    ActiveSyncDebugLogging: isLogging,
    HasActiveSyncDevicePartnership: tenant.exchange.mobileDevices.findAll('mailboxId', id).length > 0,
    OutlookMobileEnabled: true,
    OWAforDevicesEnabled: true,
    UniversalOutlookEnabled: true,
    MacOutlookEnabled: true,
    OWAEnabled: true,
    ECPEnabled: true,
    EwsEnabled: true,
    ImapEnabled: true,
    PopEnabled: true,
    MAPIEnabled: true,
    SmtpClientAuthenticationDisabled: null,
  };
}
