import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { inheritLicenses } from '../graph/licenses/inheritLicenses.ts';
import type { Properties } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import { assignRole } from './assignRole.ts';
import { findCatalogSku } from './skuCatalog.ts';

const guid = z.guid().toLowerCase();
const properties = z.record(z.string(), z.json()).default({});

const groupSchema = z.strictObject({
  id: guid.optional(),
  displayName: z.string().min(1),
  kind: z.enum(['security', 'microsoft365', 'mailEnabledSecurity', 'distribution']).default('security'),
  /** The display name without what an address cannot have, unless said. */
  mailNickname: z.string().min(1).optional(),
  /** User principal names (a name alone is at the default domain), display names of groups seeded before, or ids. */
  members: z.array(z.string()).default([]),
  owners: z.array(z.string()).default([]),
  /** Part numbers or ids of what members inherit. */
  licenses: z.array(z.string()).default([]),
  /** Directory roles that its members hold through it. */
  roles: z.array(z.string()).default([]),
  properties,
});

const contactSchema = z.strictObject({
  id: guid.optional(),
  displayName: z.string().min(1),
  mail: z.email(),
  properties,
});

const deviceSchema = z.strictObject({
  id: guid.optional(),
  deviceName: z.string().min(1),
  /** User principal name of whoever enrolled it. */
  user: z.string().optional(),
  operatingSystem: z.string().default('iOS'),
  properties,
});

const announcementSchema = z.strictObject({ id: z.string().min(1), title: z.string().min(1), properties });

const usageSchema = z.strictObject({
  user: z.string(),
  itemCount: z.number().int().min(0).default(0),
  storageUsedBytes: z.number().int().min(0).default(0),
  lastActivityDate: z.iso.date().nullable().default(null),
});

/** What a seed may say about the directory besides users: groups, contacts, devices, announcements. */
export const directorySeedShape = {
  groups: z.array(groupSchema).default([]),
  contacts: z.array(contactSchema).default([]),
  devices: z.array(deviceSchema).default([]),
  /** State of services by name; those not named are operational. */
  serviceHealth: z.record(z.string(), z.string()).default({}),
  /** Incidents and advisories: `{id: EX123, title, properties: {service, status, classification, …}}`. */
  serviceIssues: z.array(announcementSchema).default([]),
  /** Messages of the message center. */
  serviceMessages: z.array(announcementSchema).default([]),
  /** What usage reports say about mailboxes. */
  usage: z.array(usageSchema).default([]),
};

const directorySeedSchema = z.object(directorySeedShape);
type DirectorySeed = z.output<typeof directorySeedSchema>;
type SeedGroup = DirectorySeed['groups'][number];
type SeedAnnouncement = DirectorySeed['serviceIssues'][number];

/** Services of the list of service health, as a business tenant has them. */
const services = [
  'Exchange Online',
  'Identity Service',
  'Microsoft 365 apps',
  'Microsoft 365 suite',
  'Microsoft Intune',
  'Microsoft Teams',
  'Mobile Device Management for Office 365',
  'OneDrive for Business',
  'SharePoint Online',
];

const kinds: Readonly<Record<SeedGroup['kind'], Properties>> = {
  security: { groupTypes: [], mailEnabled: false, securityEnabled: true, visibility: null },
  microsoft365: { groupTypes: ['Unified'], mailEnabled: true, securityEnabled: false, visibility: 'Public' },
  mailEnabledSecurity: { groupTypes: [], mailEnabled: true, securityEnabled: true, visibility: null },
  distribution: { groupTypes: [], mailEnabled: true, securityEnabled: false, visibility: null },
};

/** Plants what the seed says. Call inside a transaction, after the users. */
export function plantDirectory(tenant: Tenant, seed: DirectorySeed): void {
  const { directory } = tenant;
  for (const group of seed.groups) plantGroup(tenant, group);
  for (const { id, displayName, mail, properties: more } of seed.contacts) {
    const own = { displayName, mail, mailNickname: mail.replace(/@.*/, ''), proxyAddresses: [`SMTP:${mail}`] };
    directory.contacts.put({ id: id ?? randomUUID(), properties: { ...own, ...more } });
  }
  for (const device of seed.devices) plantDevice(tenant, device);
  for (const service of new Set([...services, ...Object.keys(seed.serviceHealth)])) {
    directory.serviceHealth.put({ id: service, status: seed.serviceHealth[service] ?? 'serviceOperational' });
  }
  for (const issue of seed.serviceIssues) directory.serviceIssues.put(announcementOf(tenant, issue, issuePresets));
  for (const message of seed.serviceMessages) {
    directory.serviceMessages.put(announcementOf(tenant, message, messagePresets));
  }
  for (const { user, ...usage } of seed.usage) directory.usage.put({ id: getId(tenant, user), ...usage });
}

const issuePresets: Properties = {
  classification: 'advisory',
  feature: '',
  featureGroup: '',
  impactDescription: '',
  isResolved: false,
  origin: 'microsoft',
  posts: [],
  status: 'serviceDegradation',
};

const messagePresets: Properties = {
  body: { content: '', contentType: 'html' },
  category: 'stayInformed',
  hasAttachments: false,
  isMajorChange: false,
  services: [],
  severity: 'normal',
  tags: [],
  viewPoint: { isArchived: false, isFavorited: false, isRead: false },
};

function announcementOf(
  tenant: Tenant,
  { id, title, properties: more }: SeedAnnouncement,
  presets: Properties,
): { id: string; properties: Properties } {
  const now = tenant.now().toISOString();
  const dates = { startDateTime: now, endDateTime: null, lastModifiedDateTime: now };
  return { id, properties: { ...presets, ...dates, title, ...more } };
}

function plantGroup(tenant: Tenant, seed: SeedGroup): void {
  const id = seed.id ?? randomUUID();
  const now = tenant.now().toISOString();
  const mailNickname = seed.mailNickname ?? seed.displayName.replaceAll(/[^A-Za-z0-9._-]/g, '');
  const kind = kinds[seed.kind];
  const mail = `${mailNickname}@${tenant.defaultDomain}`;
  const addresses = kind['mailEnabled'] === true ? { mail, proxyAddresses: [`SMTP:${mail}`] } : {};
  const licenses = seed.licenses.map((sku) => ({ skuId: getSkuId(tenant, sku), disabledPlans: [] }));
  const holdsRoles = seed.roles.length > 0 ? { isAssignableToRole: true } : {};
  const dates = { createdDateTime: now, renewedDateTime: now };
  const own = { displayName: seed.displayName, mailNickname, ...kind, ...addresses, ...holdsRoles, ...dates };
  tenant.directory.saveGroup({ id, licenses, properties: { ...own, ...seed.properties } });
  for (const owner of seed.owners) tenant.directory.addOwner(id, getId(tenant, owner));
  for (const member of seed.members) tenant.directory.addMember(id, getId(tenant, member));
  for (const member of seed.members) inheritLicenses(tenant, getId(tenant, member));
  for (const role of seed.roles) assignRole(tenant, id, role);
}

function plantDevice(tenant: Tenant, seed: DirectorySeed['devices'][number]): void {
  const now = tenant.now().toISOString();
  const user = seed.user === undefined ? undefined : tenant.users.get(getId(tenant, seed.user));
  const { userPrincipalName = '', displayName = '' } = user?.properties ?? {};
  const own: Properties = {
    deviceName: seed.deviceName,
    operatingSystem: seed.operatingSystem,
    enrolledDateTime: now,
    lastSyncDateTime: now,
    azureADDeviceId: randomUUID(),
    userId: user?.id ?? '',
    userPrincipalName,
    userDisplayName: displayName,
    emailAddress: userPrincipalName,
  };
  const id = seed.id ?? randomUUID();
  tenant.directory.managedDevices.put({ id, properties: { ...own, ...seed.properties }, pending: null });
}

function getSkuId(tenant: Tenant, sku: string): string {
  const known = findCatalogSku(sku);
  if (known !== undefined && tenant.skus.get(known.skuId) !== undefined) return known.skuId;
  throw new TypeError(`The tenant has no subscription ${sku}`);
}

function getId(tenant: Tenant, name: string): string {
  const key = name.toLowerCase();
  const user = tenant.users.find('userPrincipalName', key.includes('@') ? key : `${key}@${tenant.defaultDomain}`);
  const group = tenant.directory.groups
    .values()
    .find(({ properties: { displayName } }) => String(displayName).toLowerCase() === key);
  const id = tenant.users.get(key)?.id ?? user?.id ?? group?.id;
  if (id === undefined) throw new TypeError(`The seed has no user and no group ${name}`);
  return id;
}
