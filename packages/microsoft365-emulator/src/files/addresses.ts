import type { ItemRecord, ListRecord, SiteRecord } from '../store/filesRecords.ts';
import type { Tenant } from '../store/Tenant.ts';

/** `contoso.sharepoint.com`, or `contoso-my.sharepoint.com` for people's own sites. */
export function hostOf(tenant: Tenant, site?: SiteRecord): string {
  const label = tenant.record.initialDomain.split('.')[0] ?? '';
  return `${label}${site?.kind === 'personal' ? '-my' : ''}.sharepoint.com`;
}

export function siteUrl(tenant: Tenant, site: SiteRecord): string {
  const origin = `https://${hostOf(tenant, site)}`;
  return site.path === '' ? origin : `${origin}/${site.path}`;
}

/** `/sites/team`, and an empty text for the root site. */
export function sitePath(site: SiteRecord): string {
  return site.path === '' ? '' : `/${site.path}`;
}

/** Server-relative address of a list's folder. */
export function listPath(site: SiteRecord, list: ListRecord): string {
  const isLibrary = list.template === 'documentLibrary' || list.template === 'webPageLibrary';
  return `${sitePath(site)}/${isLibrary ? '' : 'Lists/'}${list.name}`;
}

/** Names of the folders from the library's root down to an item, and its own. */
export function namesDownTo(tenant: Tenant, item: ItemRecord): string[] {
  const names: string[] = [];
  let current: ItemRecord | undefined = item;
  while (current !== undefined && current.kind !== 'root') {
    names.unshift(current.name);
    current = current.parentId === null ? undefined : tenant.files.items.get(current.parentId);
  }
  return names;
}

/** Server-relative address of a file or folder, not encoded. */
export function itemPath(tenant: Tenant, site: SiteRecord, list: ListRecord, item: ItemRecord): string {
  return [listPath(site, list), ...namesDownTo(tenant, item)].join('/');
}

export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
