import type { Tenant } from '../../../store/Tenant.ts';
import type { Cmdlet } from '../../Cmdlet.ts';
import { rowsOf } from '../../Rows.ts';
import { directoryObject } from '../../shapes/directoryObject.ts';
import { configurationName } from '../../shapes/distinguishedName.ts';
import { guid, int32, type Shape } from '../../shapes/Shape.ts';

export const getOrganizationConfig: Cmdlet = {
  name: 'Get-OrganizationConfig',
  area: 'organization',
  parameters: {},
  run: ({ tenant }) => rowsOf([tenant], organizationShape),
};

export const getTransportConfig: Cmdlet = {
  name: 'Get-TransportConfig',
  area: 'organization',
  parameters: {},
  run: ({ tenant }) => rowsOf([tenant], transportShape),
};

function configurationObject(tenant: Tenant, name: string, container: string): Shape {
  const createdAt = Date.parse(tenant.record.createdDateTime);
  return directoryObject(tenant, {
    id: tenant.id,
    identity: name,
    name,
    distinguishedName: configurationName(tenant, container, name),
    objectClass: ['top', 'msExchOrganizationContainer'],
    createdAt,
    changedAt: createdAt,
  });
}

function organizationShape(tenant: Tenant): Shape {
  return {
    ...configurationObject(tenant, tenant.record.initialDomain, 'Organization'),
    DisplayName: tenant.record.displayName,
    ExternalDirectoryOrganizationId: guid(tenant.id),
    IsDehydrated: false,
    IsTenantInGracePeriod: false,
    OAuth2ClientProfileEnabled: true,
    AuditDisabled: false,
    AutoExpandingArchiveEnabled: false,
    FocusedInboxOn: null,
    MailTipsAllTipsEnabled: true,
    MailTipsLargeAudienceThreshold: int32(25),
    SendFromAliasEnabled: false,
    DefaultGroupAccessType: 'Private',
    DistributionGroupNamingPolicy: '',
    DistributionGroupDefaultOU: null,
    ActivityBasedAuthenticationTimeoutInterval: '06:00:00',
    DefaultAuthenticationPolicy: null,
  };
}

function transportShape(tenant: Tenant): Shape {
  return {
    ...configurationObject(tenant, 'Transport Settings', 'Transport Settings'),
    SmtpClientAuthenticationDisabled: true,
    MaxReceiveSize: 'Unlimited',
    MaxSendSize: 'Unlimited',
    MaxRecipientEnvelopeLimit: 'Unlimited',
    JournalingReportNdrTo: '<>',
    AllowLegacyTLSClients: null,
    MessageExpiration: '1.00:00:00',
    SafetyNetHoldTime: '2.00:00:00',
    ReplyAllStormProtectionEnabled: true,
    ReplyAllStormDetectionMinimumRecipients: int32(2500),
    ReplyAllStormDetectionMinimumReplies: int32(10),
    ReplyAllStormBlockDurationHours: int32(6),
    ExternalDsnLanguageDetectionEnabled: true,
    ExternalDsnSendHtml: true,
  };
}
