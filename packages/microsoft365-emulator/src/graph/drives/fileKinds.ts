/** Names that `$select` may use, by kind of object. Source: Microsoft's metadata of Graph v1.0. */
const base =
  'id createdBy createdDateTime description eTag lastModifiedBy lastModifiedDateTime name parentReference webUrl createdByUser lastModifiedByUser';

const kinds = {
  drive: `${base} driveType owner quota sharePointIds system bundles following items list root special`,
  driveItem: `${base} audio bundle content cTag deleted file fileSystemInfo folder image location malware package pendingOperations photo publication remoteItem root searchResult shared sharepointIds size specialFolder video webDavUrl children listItem permissions subscriptions thumbnails versions analytics retentionLabel @microsoft.graph.downloadUrl content.downloadUrl`,
  driveItemVersion: 'id lastModifiedBy lastModifiedDateTime publication content size',
  site: `${base} displayName error isPersonalSite root sharepointIds siteCollection columns contentTypes drive drives externalColumns items lists permissions sites`,
  list: `${base} displayName list sharepointIds system columns contentTypes drive items operations permissions subscriptions`,
  listItem: `${base} contentType deleted sharepointIds driveItem fields versions permissions analytics`,
  columnDefinition:
    'id boolean calculated choice columnGroup contentApprovalStatus currency dateTime defaultValue description displayName enforceUniqueValues geolocation hidden hyperlinkOrPicture indexed isDeletable isReorderable isSealed lookup name number personOrGroup propagateChanges readOnly required sourceContentType term text thumbnail type validation sourceColumn',
  permission:
    'id expirationDateTime grantedTo grantedToIdentities grantedToIdentitiesV2 grantedToV2 hasPassword inheritedFrom invitation link roles shareId',
  thumbnailSet: 'id small medium large source',
  sharepointSettings:
    'id allowedDomainGuidsForSyncApp availableManagedPathsForSiteCreation deletedUserPersonalSiteRetentionPeriodInDays excludedFileExtensionsForSyncApp idleSessionSignOut imageTaggingOption isCommentingOnSitePagesEnabled isFileActivityNotificationEnabled isLegacyAuthProtocolsEnabled isLoopEnabled isMacSyncAppEnabled isRequireAcceptingUserToMatchInvitedUserEnabled isResharingByExternalUsersEnabled isSharePointMobileNotificationEnabled isSharePointNewsfeedEnabled isSiteCreationEnabled isSiteCreationUIEnabled isSitePagesCreationEnabled isSitesStorageLimitAutomatic isSyncButtonHiddenOnPersonalSite isUnmanagedSyncAppForTenantRestricted personalSiteDefaultStorageLimitInMB sharingAllowedDomainList sharingBlockedDomainList sharingCapability sharingDomainRestrictionMode siteCreationDefaultManagedPath siteCreationDefaultStorageLimitInMB tenantDefaultTimezone',
} as const;

export type FileKind = keyof typeof kinds;

export function hasProperty(kind: FileKind, name: string): boolean {
  return kinds[kind].split(' ').includes(name);
}
