import type { ActiveSyncOrganizationRecord, DeviceAccessLevel } from '../../../store/exchangeRecords.ts';
import type { Tenant } from '../../../store/Tenant.ts';
import { applyListChange } from '../../binding/ListChange.ts';
import { choice, flag, list, type ParameterTable, text, textUpTo } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { noRows, rowsOf } from '../../Rows.ts';
import { directoryObject } from '../../shapes/directoryObject.ts';
import { configurationName } from '../../shapes/distinguishedName.ts';
import { type Shape, texts } from '../../shapes/Shape.ts';

const NAME = 'Mobile Mailbox Settings';

const defaults: ActiveSyncOrganizationRecord['values'] = {
  UserMailInsert: '',
  OtaNotificationMailInsert: '',
  AllowAccessForUnSupportedPlatform: false,
  AllowRMSSupportForUnenlightenedApps: false,
  EnableMobileMailboxPolicyWhenCAInplace: false,
  TenantAdminPreference: '0',
};

const parameters: ParameterTable = {
  Identity: text,
  DefaultAccessLevel: choice(
    'Microsoft.Exchange.Data.Directory.SystemConfiguration.DeviceAccessLevel',
    'Allow',
    'Block',
    'Quarantine',
  ),
  AdminMailRecipients: list,
  UserMailInsert: textUpTo(256),
  OtaNotificationMailInsert: textUpTo(256),
  AllowAccessForUnSupportedPlatform: flag,
  AllowRMSSupportForUnenlightenedApps: flag,
  EnableMobileMailboxPolicyWhenCAInplace: flag,
  TenantAdminPreference: text,
};

export const getActiveSyncOrganizationSettings: Cmdlet = {
  name: 'Get-ActiveSyncOrganizationSettings',
  area: 'organization',
  parameters: { Identity: text },
  run: ({ tenant }) => rowsOf([settingsOf(tenant)], (settings) => settingsShape(tenant, settings)),
};

export const setActiveSyncOrganizationSettings: Cmdlet = {
  name: 'Set-ActiveSyncOrganizationSettings',
  area: 'organization',
  parameters,
  run: (call) => {
    const settings = changed(call, settingsOf(call.tenant));
    call.change(() => call.tenant.exchange.activeSyncOrganization.put(settings));
    return noRows;
  },
};

function settingsOf(tenant: Tenant): ActiveSyncOrganizationRecord {
  const fresh = { id: tenant.id, adminMailRecipients: [], values: {}, defaultAccessLevel: 'Allow' } as const;
  const changedAt = Date.parse(tenant.record.createdDateTime);
  return tenant.exchange.activeSyncOrganization.get(tenant.id) ?? { ...fresh, changedAt };
}

function changed(call: CmdletCall, settings: ActiveSyncOrganizationRecord): ActiveSyncOrganizationRecord {
  const values: Record<string, string | boolean> = { ...settings.values };
  for (const name of Object.keys(defaults)) {
    const value = call.parameters.value(name);
    if (typeof value === 'string' || typeof value === 'boolean') values[name] = value;
    else if (value === null) values[name] = '';
  }
  const recipients = call.parameters.list('AdminMailRecipients');
  const level = call.parameters.text('DefaultAccessLevel') as DeviceAccessLevel | undefined;
  return {
    ...settings,
    values,
    changedAt: call.tenant.now().getTime(),
    defaultAccessLevel: level ?? settings.defaultAccessLevel,
    adminMailRecipients:
      recipients === undefined
        ? settings.adminMailRecipients
        : applyListChange(settings.adminMailRecipients, recipients),
  };
}

function settingsShape(tenant: Tenant, settings: ActiveSyncOrganizationRecord): Shape {
  return {
    ...directoryObject(tenant, {
      id: tenant.id,
      identity: NAME,
      name: NAME,
      distinguishedName: configurationName(tenant, 'Mobile Mailbox Settings', NAME),
      objectClass: ['top', 'msExchMobileMailboxSettings'],
      createdAt: Date.parse(tenant.record.createdDateTime),
      changedAt: settings.changedAt,
    }),
    DefaultAccessLevel: settings.defaultAccessLevel,
    AdminMailRecipients: texts(settings.adminMailRecipients),
    ...defaults,
    ...settings.values,
    HasAzurePremiumSubscription: false,
    IsIntuneManaged: false,
  };
}
