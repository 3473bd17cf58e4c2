import * as z from 'zod';
import { actorOf } from '../../files/actors.ts';
import { listPath, sitePath, siteUrl } from '../../files/addresses.ts';
import { addList, findListByTitle, itemsOf, listsOf, removeList, rootOf, saveList } from '../../files/lists.ts';
import { isLibrary, listTemplates, templateOf } from '../../files/listTemplates.ts';
import { recycleList } from '../../files/recycleBin.ts';
import { levels } from '../../files/roleDefinitions.ts';
import { toSeconds } from '../../graph/sites/siteView.ts';
import { decodePart } from '../../graph/splitPath.ts';
import type { ListRecord } from '../../store/filesRecords.ts';
import type { Properties } from '../../store/records.ts';
import { type Resource, type RestObject, textArgument } from '../Resource.ts';
import type { RestCall } from '../RestCall.ts';
import { restValue } from '../readRestBody.ts';
import { checkRestMatch, requireRestLevel, restLevel } from '../requireRestLevel.ts';
import { SharePointError } from '../SharePointError.ts';
import { fieldsResource } from './fields.ts';
import { folderResource } from './folders.ts';
import { itemsResource } from './items.ts';
import { securable } from './roleAssignments.ts';

const settingsSchema = z
  .object({
    EnableVersioning: z.boolean(),
    EnableMinorVersions: z.boolean(),
    MajorVersionLimit: z.number().int().min(0),
    MajorWithMinorVersionsLimit: z.number().int().min(0),
    DraftVersionVisibility: z.number().int().min(0).max(2),
    ForceCheckout: z.boolean(),
    EnableModeration: z.boolean(),
    EnableAttachments: z.boolean(),
    EnableFolderCreation: z.boolean(),
    ContentTypesEnabled: z.boolean(),
    IrmEnabled: z.boolean(),
    NoCrawl: z.boolean(),
    IsPrivate: z.boolean(),
    Direction: z.string(),
    ListExperienceOptions: z.number().int(),
    OnQuickLaunch: z.boolean(),
  })
  .partial();
const changeSchema = z.object({
  ...settingsSchema.shape,
  Title: z.string().min(1).max(255).optional(),
  Description: z.string().optional(),
  Hidden: z.boolean().optional(),
});
const newSchema = z.object({
  ...changeSchema.shape,
  Title: z.string().min(1).max(255),
  BaseTemplate: z.number().int().default(100),
});

export function listsResource(call: RestCall): Resource {
  const { tenant, site } = call;
  const visible = (list: ListRecord): boolean => restLevel(call, { siteId: site.id, list }) >= levels.read;
  const byId = (id: string): Resource => {
    const list = listsOf(tenant, site).find((one) => one.id === id.toLowerCase().replaceAll(/[{}]/g, ''));
    if (list === undefined) throw new SharePointError('listMissingById');
    return listResource(call, list);
  };
  return {
    type: 'SP.List',
    path: 'Web/Lists',
    items: () =>
      listsOf(tenant, site)
        .filter(visible)
        .map((list) => listResource(call, list)),
    byKey: (key) => byId(String(key)),
    functions: {
      getbyid: (args) => byId(textArgument(args, 'id')),
      getbytitle: (args) => {
        const name = textArgument(args, 'title');
        const list = findListByTitle(tenant, site, name);
        if (list === undefined) throw new SharePointError('listMissingByTitle', { name, url: siteUrl(tenant, site) });
        return listResource(call, list);
      },
    },
    create: (body) => createList(call, body),
  };
}

function createList(call: RestCall, body: RestObject): Resource {
  const { tenant, site } = call;
  requireRestLevel(call, levels.manage);
  const { Title, Description, Hidden, BaseTemplate, ...settings } = restValue(body, newSchema);
  const template = listTemplates.find(({ number }) => number === BaseTemplate);
  if (template === undefined) throw new SharePointError('badArgument');
  if (findListByTitle(tenant, site, Title) !== undefined) throw new SharePointError('listTitleTaken');
  const list = addList(tenant, site, {
    displayName: Title,
    template: template.name,
    description: Description ?? '',
    isHidden: Hidden ?? false,
    settings: settings as Properties,
    actor: actorOf(tenant, call.caller),
  });
  return listResource(call, list);
}

/** The list behind a server-relative address, or undefined. */
export function findListAt(call: RestCall, path: string): ListRecord | undefined {
  const wanted = decodePart(path).replace(/\/+$/, '').toLowerCase();
  return listsOf(call.tenant, call.site).find((list) => listPath(call.site, list).toLowerCase() === wanted);
}

export function listResource(call: RestCall, list: ListRecord): Resource {
  const { tenant, site } = call;
  const scope = { siteId: site.id, list };
  requireRestLevel(call, levels.read, scope);
  const path = `Web/Lists(guid'${list.id}')`;
  const rights = securable(call, scope, path);
  const etag = `"${list.version}"`;
  return {
    type: 'SP.List',
    path,
    etag,
    object: () => listObject(call, list),
    more: { ...rights.more, OnQuickLaunch: () => list.settings['OnQuickLaunch'] ?? true },
    children: {
      ...rights.children,
      items: () => itemsResource(call, list, path),
      fields: () => fieldsResource(call, list, path),
      rootfolder: () => folderResource(call, list, rootOf(tenant, list)),
      versionpolicies: () => ({
        type: 'SP.VersionPolicyManager',
        path: `${path}/VersionPolicies`,
        object: () => ({ DefaultTrimMode: 2, DefaultExpireAfterDays: 0 }),
      }),
    },
    actions: {
      ...rights.actions,
      recycle: () => {
        requireRestLevel(call, levels.manage, scope);
        return { name: 'Recycle', value: recycleList(tenant, site, list, actorOf(tenant, call.caller)).id };
      },
      deleteobject: () => deleteList(call, list, etag),
    },
    update: (body) => {
      requireRestLevel(call, levels.manage, scope);
      checkRestMatch(call, etag);
      updateList(call, list, body);
    },
    remove: () => deleteList(call, list, etag),
  };
}

/** Without the recycle bin. */
function deleteList(call: RestCall, list: ListRecord, etag: string): undefined {
  requireRestLevel(call, levels.manage, { siteId: call.site.id, list });
  checkRestMatch(call, etag);
  removeList(call.tenant, list);
}

function updateList(call: RestCall, list: ListRecord, body: RestObject): void {
  const { Title, Description, Hidden, ...settings } = restValue(body, changeSchema);
  const other = Title === undefined ? undefined : findListByTitle(call.tenant, call.site, Title);
  if (other !== undefined && other.id !== list.id) throw new SharePointError('listTitleTaken');
  saveList(call.tenant, {
    ...list,
    displayName: Title ?? list.displayName,
    description: Description ?? list.description,
    isHidden: Hidden ?? list.isHidden,
    settings: { ...list.settings, ...(settings as Properties) },
  });
}

function listObject(call: RestCall, list: ListRecord): RestObject {
  const { tenant, site } = call;
  const template = templateOf(list.template);
  const library = isLibrary(list);
  const entity = list.name.replaceAll(
    /[^A-Za-z0-9]/g,
    (character) => `_x${character.charCodeAt(0).toString(16).padStart(4, '0')}_`,
  );
  const parent = sitePath(site) === '' ? '/' : sitePath(site);
  return {
    AllowContentTypes: true,
    BaseTemplate: template.number,
    BaseType: template.baseType,
    ContentTypesEnabled: false,
    CrawlNonDefaultViews: false,
    Created: toSeconds(list.createdDateTime),
    CurrentChangeToken: { StringValue: `1;3;${list.id};${list.version};${list.nextItem}` },
    DefaultContentApprovalWorkflowId: '00000000-0000-0000-0000-000000000000',
    Description: list.description,
    Direction: 'none',
    DisableGridEditing: false,
    DocumentTemplateUrl: library ? `${listPath(site, list)}/Forms/template.dotx` : null,
    DraftVersionVisibility: 0,
    EnableAttachments: !library,
    EnableFolderCreation: library,
    EnableMinorVersions: false,
    EnableModeration: false,
    EnableVersioning: library,
    EntityTypeName: library ? entity : `${entity}List`,
    ForceCheckout: false,
    HasExternalDataSource: false,
    Hidden: list.isHidden,
    Id: list.id,
    ImagePath: { DecodedUrl: '/_layouts/15/images/itgen.png?rev=47' },
    ImageUrl: '/_layouts/15/images/itgen.png?rev=47',
    IrmEnabled: false,
    IsApplicationList: false,
    IsCatalog: false,
    IsPrivate: false,
    ItemCount: itemsOf(tenant, list).length,
    LastItemDeletedDate: toSeconds(list.lastItemDeletedDateTime),
    LastItemModifiedDate: toSeconds(list.lastModifiedDateTime),
    LastItemUserModifiedDate: toSeconds(list.lastModifiedDateTime),
    ListExperienceOptions: 0,
    ListItemEntityTypeFullName: `SP.Data.${entity}${library ? 'Item' : 'ListItem'}`,
    MajorVersionLimit: library ? 500 : 50,
    MajorWithMinorVersionsLimit: 0,
    MultipleDataList: false,
    NoCrawl: false,
    ParentWebPath: { DecodedUrl: parent },
    ParentWebUrl: parent,
    ParserDisabled: false,
    ServerTemplateCanCreateFolders: true,
    TemplateFeatureId: template.featureId,
    Title: list.displayName,
    ...list.settings,
  };
}
