import type * as graph from '@microsoft/microsoft-graph-types';
import * as z from 'zod';
import type { Properties } from '../../store/records.ts';
import type { Tenant } from '../../store/Tenant.ts';
import { answerOne, type FileView } from '../drives/filesOdata.ts';
import { readBody } from '../drives/readBody.ts';
import type { GraphAnswer, GraphCall } from '../GraphCall.ts';
import type { WireOf } from '../odata/WireOf.ts';

/** What a new tenant has; from general knowledge, as no captured answer is known. */
const defaults = {
  allowedDomainGuidsForSyncApp: [],
  availableManagedPathsForSiteCreation: ['/sites/', '/teams/'],
  deletedUserPersonalSiteRetentionPeriodInDays: 30,
  excludedFileExtensionsForSyncApp: [],
  imageTaggingOption: 'enhanced',
  isCommentingOnSitePagesEnabled: true,
  isFileActivityNotificationEnabled: true,
  isLegacyAuthProtocolsEnabled: true,
  isLoopEnabled: true,
  isMacSyncAppEnabled: true,
  isRequireAcceptingUserToMatchInvitedUserEnabled: false,
  isResharingByExternalUsersEnabled: true,
  isSharePointMobileNotificationEnabled: true,
  isSharePointNewsfeedEnabled: false,
  isSiteCreationEnabled: true,
  isSiteCreationUIEnabled: true,
  isSitePagesCreationEnabled: true,
  isSitesStorageLimitAutomatic: true,
  isSyncButtonHiddenOnPersonalSite: false,
  isUnmanagedSyncAppForTenantRestricted: false,
  personalSiteDefaultStorageLimitInMB: 1048576,
  sharingAllowedDomainList: [],
  sharingBlockedDomainList: [],
  sharingCapability: 'externalUserAndGuestSharing',
  sharingDomainRestrictionMode: 'none',
  siteCreationDefaultManagedPath: '/sites/',
  siteCreationDefaultStorageLimitInMB: 26214400,
  tenantDefaultTimezone: '(UTC-08:00) Pacific Time (US and Canada)',
} satisfies WireOf<graph.SharepointSettings>;

const flags = Object.entries(defaults).filter(([, value]) => typeof value === 'boolean');
const texts = z.array(z.string());
const changeSchema = z
  .object({
    ...Object.fromEntries(flags.map(([name]) => [name, z.boolean()])),
    allowedDomainGuidsForSyncApp: texts,
    deletedUserPersonalSiteRetentionPeriodInDays: z.number().int().min(30).max(3650),
    excludedFileExtensionsForSyncApp: texts,
    idleSessionSignOut: z.object({
      isEnabled: z.boolean(),
      signOutAfterInSeconds: z.number().int(),
      warnAfterInSeconds: z.number().int(),
    }),
    imageTaggingOption: z.enum(['disabled', 'basic', 'enhanced']),
    personalSiteDefaultStorageLimitInMB: z.number().int().min(1),
    sharingAllowedDomainList: texts,
    sharingBlockedDomainList: texts,
    sharingCapability: z.enum([
      'disabled',
      'externalUserSharingOnly',
      'externalUserAndGuestSharing',
      'existingExternalUserSharingOnly',
    ]),
    sharingDomainRestrictionMode: z.enum(['none', 'allowList', 'blockList']),
    siteCreationDefaultManagedPath: z.string(),
    siteCreationDefaultStorageLimitInMB: z.number().int().min(1),
    tenantDefaultTimezone: z.string(),
  })
  .partial();

const view: FileView<Properties> = { kind: 'sharepointSettings', toObject: (settings) => settings };

/** Settings of SharePoint in a tenant. */
export function sharePointSettings(tenant: Tenant): Properties {
  return { ...defaults, ...tenant.files.settings.get('settings')?.properties };
}

/** GET /admin/sharepoint/settings */
export function getSharePointSettings(call: GraphCall): GraphAnswer {
  return answerOne(call, view, 'admin/sharepoint/settings', sharePointSettings(call.tenant));
}

/** PATCH /admin/sharepoint/settings */
export function updateSharePointSettings(call: GraphCall): GraphAnswer {
  const change = readBody(call, changeSchema) as Properties;
  const { files } = call.tenant;
  const properties = { ...files.settings.get('settings')?.properties, ...change };
  call.world.transaction(() => files.settings.put({ id: 'settings', properties }));
  return getSharePointSettings(call);
}
