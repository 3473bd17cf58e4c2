import * as z from 'zod';
import { sitePath } from '../../files/addresses.ts';
import { listsOf, rootOf } from '../../files/lists.ts';
import { isLibrary } from '../../files/listTemplates.ts';
import { ensurePrincipal, findPrincipal } from '../../files/principals.ts';
import { type Level, levels, roleDefinitions } from '../../files/roleDefinitions.ts';
import { usedBytes } from '../../files/sites.ts';
import { toSeconds } from '../../graph/sites/siteView.ts';
import type { SiteRecord } from '../../store/filesRecords.ts';
import { argument, numberArgument, type Resource, type RestObject, textArgument } from '../Resource.ts';
import type { RestCall } from '../RestCall.ts';
import { readRestBody, restValue } from '../readRestBody.ts';
import { requireRestLevel, restLevel } from '../requireRestLevel.ts';
import { SharePointError } from '../SharePointError.ts';
import { folderResource } from './folders.ts';
import { findListAt, listResource, listsResource } from './lists.ts';
import { addFolderAt, byUniqueId, fileAt, folderAt } from './places.ts';
import { associatedGroupResource, groupsResource, principalResource, usersResource } from './principals.ts';
import { recycleBinResource } from './recycleBin.ts';
import { roleDefinitionsResource, securable } from './roleAssignments.ts';

const logonSchema = z.object({ logonName: z.string().min(1) });
const webSchema = z.object({ Title: z.string().min(1).optional(), Description: z.string().optional() });
const templates = { root: 'SITEPAGEPUBLISHING', team: 'STS', group: 'GROUP', personal: 'SPSPERS' } as const;
const SYSTEM_ACCOUNT = 1073741823;

/** The web of a site, where everything else begins. */
export function webResource(call: RestCall): Resource {
  const { tenant, site } = call;
  requireRestLevel(call, levels.read);
  const scope = { siteId: site.id };
  const rights = securable(call, scope, 'Web');
  const decoded = (name: string, get: (call: RestCall, path: string) => Resource) => ({
    [`${name}byserverrelativeurl`]: (args: Parameters<typeof textArgument>[0]) =>
      get(call, textArgument(args, 'serverrelativeurl')),
    [`${name}byserverrelativepath`]: (args: Parameters<typeof textArgument>[0]) =>
      get(call, textArgument(args, 'decodedurl')),
    [`${name}byid`]: (args: Parameters<typeof textArgument>[0]) => byUniqueId(call, textArgument(args, 'uniqueid')),
  });
  return {
    type: 'SP.Web',
    path: 'Web',
    object: () => webObject(call),
    more: { ...rights.more, EffectiveBasePermissions: () => effectivePermissions(restLevel(call)) },
    children: {
      ...rights.children,
      lists: () => listsResource(call),
      sitegroups: () => groupsResource(call),
      siteusers: () => usersResource(call),
      associatedownergroup: () => associatedGroupResource(call, 'owners'),
      associatedmembergroup: () => associatedGroupResource(call, 'members'),
      associatedvisitorgroup: () => associatedGroupResource(call, 'visitors'),
      roledefinitions: () => roleDefinitionsResource(),
      recyclebin: () => recycleBinResource(call, [1]),
      currentuser: () => currentUser(call),
      folders: () => webFolders(call),
      webs: () => ({ type: 'SP.Web', path: 'Web/Webs', items: () => [] }),
      effectivebasepermissions: () => ({
        type: 'SP.BasePermissions',
        path: 'Web/EffectiveBasePermissions',
        object: () => effectivePermissions(restLevel(call)),
      }),
    },
    functions: {
      ...decoded('getfile', fileAt),
      ...decoded('getfolder', folderAt),
      getlist: (args) => {
        const list = findListAt(call, textArgument(args, 'serverrelativeurl'));
        if (list === undefined) throw new SharePointError('fileMissing');
        return listResource(call, list);
      },
      getuserbyid: (args) => {
        const user = findPrincipal(tenant, site.id, numberArgument(args, 'userid'));
        if (user === undefined || user.kind === 'siteGroup') throw new SharePointError('userNotFound');
        return principalResource(call, user);
      },
    },
    actions: {
      ...rights.actions,
      ensureuser: (args) => ensureUser(call, argument(args, 'logonname')),
    },
    update: (body) => updateWeb(call, body),
  };
}

function ensureUser(call: RestCall, given: string | number | boolean | null | undefined): Resource {
  requireRestLevel(call, levels.full);
  const name = given === undefined ? restValue(readRestBody(call), logonSchema).logonName : String(given);
  const principal = ensurePrincipal(call.tenant, call.site.id, name);
  if (principal === undefined) throw new SharePointError('userUnknown');
  return principalResource(call, principal);
}

function updateWeb(call: RestCall, body: RestObject): void {
  requireRestLevel(call, levels.full);
  const { Title, Description } = restValue(body, webSchema);
  const site = call.tenant.files.sites.get(call.site.id) ?? call.site;
  const lastModifiedDateTime = call.tenant.now().toISOString();
  call.tenant.files.sites.put({
    ...site,
    displayName: Title ?? site.displayName,
    description: Description ?? site.description,
    lastModifiedDateTime,
  });
}

function currentUser(call: RestCall): Resource {
  const { tenant, site, caller } = call;
  if (caller.kind === 'user') {
    const user = ensurePrincipal(tenant, site.id, caller.objectId);
    if (user !== undefined) return principalResource(call, user);
  }
  const object = {
    Id: SYSTEM_ACCOUNT,
    IsHiddenInUI: false,
    LoginName: 'SHAREPOINT\\system',
    Title: 'System Account',
    PrincipalType: 1,
  };
  return { type: 'SP.User', path: 'Web/CurrentUser', object: () => object };
}

/** The folders of the libraries, and making folders by their address. */
function webFolders(call: RestCall): Resource {
  const { tenant, site } = call;
  return {
    type: 'SP.Folder',
    path: 'Web/Folders',
    items: () =>
      listsOf(tenant, site)
        .filter(isLibrary)
        .map((list) => folderResource(call, list, rootOf(tenant, list))),
    functions: { getbyurl: (args) => folderAt(call, textArgument(args, 'url')) },
    actions: {
      add: (args) => addFolderAt(call, textArgument(args, 'url')),
      addusingpath: (args) => addFolderAt(call, textArgument(args, 'decodedurl')),
    },
    create: (body) => {
      const { ServerRelativeUrl } = restValue(body, z.object({ ServerRelativeUrl: z.string().min(1) }));
      return addFolderAt(call, ServerRelativeUrl);
    },
  };
}

function effectivePermissions(level: Level): RestObject {
  const definition = roleDefinitions.find((role) => role.level === level && !role.isHidden);
  return { High: definition?.high ?? '0', Low: definition?.low ?? '0' };
}

function webUrl({ origin, site }: RestCall): string {
  return `${origin}${sitePath(site)}`;
}

function webObject(call: RestCall): RestObject {
  const { site } = call;
  const path = sitePath(site) === '' ? '/' : sitePath(site);
  return {
    AllowRssFeeds: true,
    AlternateCssUrl: '',
    AppInstanceId: '00000000-0000-0000-0000-000000000000',
    ClassicWelcomePage: null,
    Configuration: 0,
    Created: toSeconds(site.createdDateTime),
    CurrentChangeToken: { StringValue: `1;2;${site.webId};${Date.parse(site.lastModifiedDateTime)};1` },
    CustomMasterUrl: `${sitePath(site)}/_catalogs/masterpage/seattle.master`,
    Description: site.description,
    DesignPackageId: '00000000-0000-0000-0000-000000000000',
    DocumentLibraryCalloutOfficeWebAppPreviewersDisabled: false,
    EnableMinimalDownload: false,
    FooterEnabled: true,
    HeaderEmphasis: 0,
    HorizontalQuickLaunch: false,
    Id: site.webId,
    IsMultilingual: true,
    Language: 1033,
    LastItemModifiedDate: toSeconds(site.lastModifiedDateTime),
    LastItemUserModifiedDate: toSeconds(site.lastModifiedDateTime),
    MasterUrl: `${sitePath(site)}/_catalogs/masterpage/seattle.master`,
    MegaMenuEnabled: true,
    NoCrawl: false,
    ObjectCacheEnabled: false,
    OverwriteTranslationsOnChange: false,
    QuickLaunchEnabled: true,
    RecycleBinEnabled: true,
    ResourcePath: { DecodedUrl: webUrl(call) },
    SearchScope: 0,
    ServerRelativeUrl: path,
    SiteLogoUrl: null,
    SyndicationEnabled: true,
    TenantAdminMembersCanShare: 0,
    Title: site.displayName,
    TreeViewEnabled: false,
    UIVersion: 15,
    UIVersionConfigurationEnabled: false,
    Url: webUrl(call),
    WebTemplate: templates[site.kind],
    WelcomePage: 'SitePages/Home.aspx',
  };
}

/** The site collection around the web. */
export function siteResource(call: RestCall): Resource {
  const { tenant, site } = call;
  requireRestLevel(call, levels.read);
  return {
    type: 'SP.Site',
    path: 'Site',
    object: () => siteObject(call, site),
    more: {
      Usage: () => {
        const { used } = usedBytes(tenant, site);
        return { Storage: String(used), StoragePercentageUsed: used / site.quotaBytes };
      },
    },
    children: {
      recyclebin: () => recycleBinResource(call, [1, 2]),
      rootweb: () => webResource(call),
    },
  };
}

function siteObject(call: RestCall, site: SiteRecord): RestObject {
  return {
    AllowCreateDeclarativeWorkflow: false,
    AllowDesigner: true,
    AllowMasterPageEditing: false,
    Classification: '',
    CompatibilityLevel: 15,
    GroupId: site.groupId ?? '00000000-0000-0000-0000-000000000000',
    HubSiteId: '00000000-0000-0000-0000-000000000000',
    Id: site.id,
    IsHubSite: false,
    LockIssue: site.isLocked ? 'NoAccess' : null,
    PrimaryUri: `${webUrl(call)}/`,
    ReadOnly: false,
    RequiredDesignerVersion: '15.0.0.0',
    ServerRelativeUrl: sitePath(site) === '' ? '/' : sitePath(site),
    ShareByEmailEnabled: true,
    ShareByLinkEnabled: true,
    Url: webUrl(call),
  };
}

/** What every client asks for before it changes something, unless it has a token. */
export function contextInfo(call: RestCall, now: Date): RestObject {
  const stamp = now
    .toUTCString()
    .replace(/^\w+, /, '')
    .replace('GMT', '-0000');
  const digest = Buffer.from(`${call.tenant.id}${call.caller.objectId}`).toString('hex').slice(0, 64).toUpperCase();
  return {
    FormDigestTimeoutSeconds: 1800,
    FormDigestValue: `0x${digest},${stamp}`,
    LibraryVersion: '16.0.26514.12004',
    SiteFullUrl: webUrl(call),
    SupportedSchemaVersions: ['14.0.0.0', '15.0.0.0'],
    WebFullUrl: webUrl(call),
  };
}
