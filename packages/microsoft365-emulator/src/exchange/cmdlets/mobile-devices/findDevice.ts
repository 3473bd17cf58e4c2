import type { DeviceClientType, MobileDeviceRecord } from '../../../store/exchangeRecords.ts';
import { flag, list, type ParameterTable, resultSize, text } from '../../binding/ParameterType.ts';
import type { CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { Recipients } from '../../recipients/Recipients.ts';
import { deviceDistinguishedName, deviceIdentity, deviceName } from './deviceShape.ts';

/** Parameters by which both reading cmdlets choose devices. */
export const deviceSelection: ParameterTable = {
  Identity: text,
  Mailbox: text,
  ActiveSync: flag,
  OWAforDevices: flag,
  UniversalOutlook: flag,
  RestApi: flag,
  ResultSize: resultSize,
};

export const statisticsParameters: ParameterTable = {
  ...deviceSelection,
  GetMailboxLog: flag,
  NotificationEmailAddresses: list,
  ShowRecoveryPassword: flag,
  UseCustomRouting: flag,
};

/** The devices that a call is about: of a mailbox, one by its identity, or all of them. */
export function devicesFor(call: CmdletCall): MobileDeviceRecord[] {
  const kinds = kindsFor(call);
  return candidates(call).filter(({ clientType }) => kinds === undefined || kinds.includes(clientType));
}

function candidates(call: CmdletCall): readonly MobileDeviceRecord[] {
  const { parameters, tenant } = call;
  const identity = parameters.text('Identity');
  if (identity !== undefined) return [getDevice(call, identity)];
  const mailbox = parameters.text('Mailbox');
  if (mailbox === undefined) return tenant.exchange.mobileDevices.visibleValues();
  const { id } = new Recipients(call).getMailbox(mailbox, 'mailboxNotFound');
  return tenant.exchange.mobileDevices.findAllVisible('mailboxId', id);
}

/** Each switch narrows the answer to one kind of client; several of them show all of theirs. */
function kindsFor({ parameters }: CmdletCall): readonly DeviceClientType[] | undefined {
  const switches = ['ActiveSync', 'OWAforDevices', 'UniversalOutlook', 'RestApi'];
  if (!switches.some((name) => parameters.flag(name) === true)) return undefined;
  const kinds: DeviceClientType[] = [];
  if (parameters.flag('ActiveSync') === true) kinds.push('EAS');
  if (parameters.flag('UniversalOutlook') === true) kinds.push('Outlook');
  if (parameters.flag('RestApi') === true) kinds.push('REST');
  return kinds;
}

/** A device by its id, its distinguished name, or `mailbox\ExchangeActiveSyncDevices\type§model§id`. */
export function getDevice(call: CmdletCall, identity: string): MobileDeviceRecord {
  const { tenant } = call;
  const wanted = identity.toLowerCase();
  const devices = tenant.exchange.mobileDevices;
  const exact =
    devices.get(wanted) ??
    devices
      .values()
      .find((device) =>
        [deviceIdentity(device), deviceDistinguishedName(call, device)].some((name) => name.toLowerCase() === wanted),
      );
  const found = exact ?? underOtherName(call, identity);
  if (found === undefined) throw new ExchangeError('targetNotFound', { identity });
  return found;
}

/** The mailbox in an identity may be named in any of its ways. */
function underOtherName(call: CmdletCall, identity: string): MobileDeviceRecord | undefined {
  const [owner = '', container = '', name = ''] = identity.split('\\');
  if (container.toLowerCase() !== 'exchangeactivesyncdevices') return undefined;
  const [mailbox, ...more] = new Recipients(call).find(owner, 'mailbox');
  if (mailbox === undefined || more.length > 0) return undefined;
  const devices = call.tenant.exchange.mobileDevices.findAll('mailboxId', mailbox.id);
  return devices.find((device) => deviceName(device).toLowerCase() === name.toLowerCase());
}
