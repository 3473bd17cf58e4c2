import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { systemActor } from '../files/actors.ts';
import { addItem, fileOf } from '../files/items.ts';
import { addList, defaultLibrary, findListByTitle, rootOf } from '../files/lists.ts';
import { listTemplates } from '../files/listTemplates.ts';
import { addSite } from '../files/sites.ts';
import { makeFolders, storeUpload } from '../files/uploads.ts';
import type { ListRecord, SiteRecord } from '../store/filesRecords.ts';
import type { Properties } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';

const fileSchema = z.strictObject({
  /** Below the library, for example `Reports/2026/May.txt`. */
  path: z.string().min(1),
  /** Title of the library; the site's first one without it. */
  library: z.string().optional(),
  text: z.string().optional(),
  base64: z.base64().optional(),
  /** Path of a file to take the content from. */
  from: z.string().optional(),
});

const listSchema = z.strictObject({
  displayName: z.string().min(1),
  template: z.enum(listTemplates.map(({ name }) => name) as [string, ...string[]]).default('genericList'),
  description: z.string().default(''),
  hidden: z.boolean().default(false),
  /** Column definitions as Graph takes them. */
  columns: z.array(z.record(z.string(), z.json())).default([]),
  /** Fields of each item. */
  items: z.array(z.record(z.string(), z.json())).default([]),
});

const people = z.array(z.string()).default([]);

export const siteSeedSchema = z.strictObject({
  /** `sites/team`; the root site is there without being named and may be described with an empty path. */
  path: z.string().regex(/^((sites|teams)\/[^/]+)?$/, 'A path such as sites/team'),
  displayName: z.string().min(1),
  description: z.string().default(''),
  /** User principal names, mail addresses or ids. */
  owners: people,
  members: people,
  visitors: people,
  /** Everybody in the organization may read it. */
  public: z.boolean().default(false),
  /** True as if an administrator had blocked it. */
  locked: z.boolean().default(false),
  quotaBytes: z.number().int().min(0).optional(),
  lists: z.array(listSchema).default([]),
  files: z.array(fileSchema).default([]),
  /** Applications that may use this site although they may not use all. */
  applications: z
    .array(
      z.strictObject({
        appId: z.guid().toLowerCase(),
        displayName: z.string().default(''),
        role: z.enum(['read', 'write', 'manage', 'fullcontrol']),
      }),
    )
    .default([]),
});

export type SeedSite = z.output<typeof siteSeedSchema>;

/** Makes the sites of a tenant; the root site is always one of them. */
export function plantSites(world: World, tenant: Tenant, sites: readonly SeedSite[]): void {
  const root = sites.find(({ path }) => path === '');
  plantSite(world, tenant, root ?? standardRoot());
  for (const site of sites) if (site !== root) plantSite(world, tenant, site);
}

function standardRoot(): SeedSite {
  return siteSeedSchema.parse({ path: '', displayName: 'Communication site', public: true });
}

function plantSite(world: World, tenant: Tenant, seed: SeedSite): void {
  const { path, displayName, description, quotaBytes } = seed;
  const owners = atDefaultDomain(tenant, seed.owners);
  const site = addSite(tenant, {
    kind: path === '' ? 'root' : 'team',
    path,
    displayName,
    description,
    owners: owners.length > 0 ? owners : [tenant.record.administratorUpn],
    members: atDefaultDomain(tenant, seed.members),
    visitors: atDefaultDomain(tenant, seed.visitors),
    isPublic: seed.public,
    ...(quotaBytes === undefined ? {} : { quotaBytes }),
  });
  if (seed.locked) tenant.files.sites.put({ ...site, isLocked: true });
  for (const list of seed.lists) plantList(tenant, site, list);
  for (const file of seed.files) plantFile(world, tenant, site, file);
  for (const { appId, displayName: name, role } of seed.applications) {
    const id = Buffer.from(`i:0i.t|ms.sp.ext|${appId}@${tenant.id}`).toString('base64url');
    tenant.files.sitePermissions.put({ id: `${site.id}/${id}`, siteId: site.id, appId, displayName: name, role });
  }
}

/** `ada` means ada at the default domain; ids and claims stay as they are. */
function atDefaultDomain(tenant: Tenant, names: readonly string[]): string[] {
  return names.map((name) => (/[@|]/.test(name) || tenant.users.get(name) ? name : `${name}@${tenant.defaultDomain}`));
}

function plantList(tenant: Tenant, site: SiteRecord, seed: z.output<typeof listSchema>): void {
  const { displayName, template, description, hidden, columns, items } = seed;
  const list = addList(tenant, site, {
    displayName,
    template,
    description,
    isHidden: hidden,
    columns: columns as Properties[],
  });
  const parent = rootOf(tenant, list);
  for (const [index, fields] of items.entries()) {
    const name = `${index + 1}_.000`;
    addItem(tenant, { list, parent, kind: 'item', name, actor: systemActor, fields: fields as Properties });
  }
}

function plantFile(world: World, tenant: Tenant, site: SiteRecord, seed: z.output<typeof fileSchema>): void {
  const list: ListRecord | undefined =
    seed.library === undefined ? defaultLibrary(tenant, site) : findListByTitle(tenant, site, seed.library);
  if (list === undefined) throw new TypeError(`The site ${site.displayName} has no library ${seed.library}`);
  const names = seed.path.split('/').filter((name) => name !== '');
  const name = names.pop() ?? '';
  const parent = makeFolders(tenant, list, rootOf(tenant, list), names, systemActor);
  const bytes = contentOf(seed);
  const file = fileOf(world, name, bytes);
  storeUpload(tenant, { list, parent, name, behavior: 'fail', file, size: bytes.length, actor: systemActor });
}

function contentOf({ text, base64, from }: z.output<typeof fileSchema>): Buffer {
  if (from !== undefined) return readFileSync(from);
  return base64 === undefined ? Buffer.from(text ?? '') : Buffer.from(base64, 'base64');
}
