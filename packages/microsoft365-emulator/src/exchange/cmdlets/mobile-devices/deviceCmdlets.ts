import type { MobileDeviceRecord, WipeRecord } from '../../../store/exchangeRecords.ts';
import { flag, list, text } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { listing } from '../../listing.ts';
import { noRows } from '../../Rows.ts';
import { deviceShape, deviceStatisticsShape } from './deviceShape.ts';
import { deviceSelection, devicesFor, getDevice, statisticsParameters } from './findDevice.ts';

export const getMobileDevice: Cmdlet = {
  name: 'Get-MobileDevice',
  area: 'recipients',
  parameters: { ...deviceSelection, Filter: text, SortBy: text },
  exclusive: [['Identity', 'Mailbox']],
  run: (call) => listing(call, devicesFor(call), (device) => deviceShape(call, device)),
};

export const getMobileDeviceStatistics: Cmdlet = {
  name: 'Get-MobileDeviceStatistics',
  area: 'recipients',
  parameters: statisticsParameters,
  exclusive: [['Identity', 'Mailbox']],
  run: (call) => {
    const { parameters } = call;
    if (parameters.text('Identity') === undefined && parameters.text('Mailbox') === undefined) {
      throw new ExchangeError('missingParameter', { parameters: 'Identity, Mailbox' });
    }
    return listing(call, devicesFor(call), (device) => deviceStatisticsShape(call, device));
  },
};

export const clearMobileDevice: Cmdlet = {
  name: 'Clear-MobileDevice',
  area: 'recipients',
  parameters: { Identity: text, AccountOnly: flag, Cancel: flag, NotificationEmailAddresses: list },
  mandatory: ['Identity'],
  exclusive: [['AccountOnly', 'Cancel']],
  confirms: true,
  run: (call) => {
    const device = getDevice(call, call.parameters.text('Identity') ?? '');
    const wipe = call.parameters.flag('Cancel') === true ? cancelled(call, device) : requested(call, device);
    call.change(() => call.tenant.exchange.mobileDevices.put({ ...device, wipe }));
    return noRows;
  },
};

export const removeMobileDevice: Cmdlet = {
  name: 'Remove-MobileDevice',
  area: 'recipients',
  parameters: { Identity: text },
  mandatory: ['Identity'],
  confirms: true,
  run: (call) => {
    const { id } = getDevice(call, call.parameters.text('Identity') ?? '');
    call.change(() => call.tenant.exchange.mobileDevices.remove(id));
    return noRows;
  },
};

/** Outlook can only be told to remove the account, whatever is asked for. */
function requested({ tenant, caller, parameters }: CmdletCall, device: MobileDeviceRecord): WipeRecord {
  const accountOnly = parameters.flag('AccountOnly') === true || device.clientType !== 'EAS';
  if (!device.supportsWipe && !accountOnly) {
    throw new ExchangeError('refused', { text: `The device "${device.deviceId}" doesn't support remote wipe.` });
  }
  const requestedAt = tenant.now().getTime();
  return { accountOnly, requestor: caller.name, requestedAt, sentAt: null, acknowledgedAt: null };
}

/** Taking a wipe back helps only as long as the device has not told that it is done. */
function cancelled({ warnings }: CmdletCall, { wipe }: MobileDeviceRecord): WipeRecord | null {
  if (wipe?.acknowledgedAt == null) return null;
  warnings.push('The device has already acknowledged the wipe, which cannot be cancelled any more.');
  return wipe;
}
