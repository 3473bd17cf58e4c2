import { randomUUID } from 'node:crypto';
import { roles } from '../graph/authorization/roleCatalog.ts';
import { grantMailbox, withoutMailbox } from '../graph/users/mailbox.ts';
import { hashPassword, makePassword } from '../secrets.ts';
import type { AssignedLicense, PasswordRecord, Properties } from '../store/records.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import { addApplication } from './addApplication.ts';
import { assignRole } from './assignRole.ts';
import { plantDirectory } from './directorySeed.ts';
import { plantExchange } from './exchangeSeed.ts';
import { plantSites } from './filesSeed.ts';
import { resourceApplications } from './firstParty.ts';
import { firstPartyServicePrincipal } from './firstPartyServicePrincipal.ts';
import { makePerson } from './makePerson.ts';
import { newDomain } from './newDomain.ts';
import type { PeopleSeed } from './peopleSeed.ts';
import type { ParsedSeed, SeedUser } from './seedSchema.ts';
import { findCatalogSku } from './skuCatalog.ts';

export interface PlantedTenant {
  readonly tenant: Tenant;
  readonly administrator: { readonly username: string; readonly password: string };
}

/** Makes a tenant with everything its seed asks for; the password is for an administrator that has none in the seed. */
export function plantTenant(world: World, seed: ParsedSeed, administratorPassword: string): PlantedTenant {
  const tenant = world.addTenant(seed.id ?? randomUUID());
  const now = world.clock.now().toISOString();
  const username = `${seed.administrator.userName}@${seed.initialDomain}`;
  tenant.information.put({
    id: tenant.id,
    displayName: seed.displayName,
    initialDomain: seed.initialDomain,
    countryLetterCode: seed.countryLetterCode,
    defaultUsageLocation: seed.defaultUsageLocation,
    createdDateTime: now,
    technicalNotificationMails: [username],
    administratorUpn: username,
  });
  plantDomains(tenant, seed);
  plantSkus(tenant, seed, now);
  for (const resource of resourceApplications) tenant.servicePrincipals.put(firstPartyServicePrincipal(resource));
  const password = seed.administrator.password ?? administratorPassword;
  const { displayName } = seed.administrator;
  const administrator = userDefaults({ userPrincipalName: username, displayName, roles: [roles.globalAdministrator] });
  plantUser(tenant, administrator, hashPassword(password, false));
  // Those without a password share one that nobody knows, as making a hundred thousand takes longer than all the rest.
  const unknown = hashPassword(makePassword(), false);
  for (const user of seed.users) plantUser(tenant, user, passwordOf(user, unknown));
  if (seed.people !== undefined) plantPeople(tenant, seed.people);
  plantDirectory(tenant, seed);
  plantExchange(world, tenant, seed.exchange);
  for (const application of seed.applications) addApplication(tenant, application);
  plantSites(world, tenant, seed.sites);
  return { tenant, administrator: { username, password } };
}

function userDefaults(user: Pick<SeedUser, 'userPrincipalName' | 'displayName' | 'roles'>): SeedUser {
  return { ...user, mustChangePassword: false, accountEnabled: true, licenses: [], properties: {} };
}

function plantDomains(tenant: Tenant, seed: ParsedSeed): void {
  const defaultName = seed.domains.find((domain) => domain.isDefault)?.name ?? seed.initialDomain;
  const names = [seed.initialDomain, ...seed.domains.map((domain) => domain.name)];
  for (const name of names) {
    const given = seed.domains.find((domain) => domain.name === name);
    tenant.domains.put({
      ...newDomain(tenant, name, given?.createdDateTime),
      id: name,
      isDefault: name === defaultName,
      isInitial: name === seed.initialDomain,
      isRoot: !names.some((other) => name.endsWith(`.${other}`)),
      isVerified: given?.isVerified ?? true,
      authenticationType: given?.authenticationType ?? 'Managed',
      supportedServices: given?.supportedServices ?? ['Email', 'OfficeCommunicationsOnline'],
    });
  }
}

function plantSkus(tenant: Tenant, seed: ParsedSeed, createdDateTime: string): void {
  for (const { sku, seats, nextLifecycleDateTime, ...state } of seed.skus) {
    const known = findCatalogSku(sku);
    if (known === undefined) throw new TypeError(`The emulator does not know the subscription ${sku}`);
    tenant.skus.put({
      id: known.skuId,
      skuPartNumber: known.skuPartNumber,
      enabled: seats,
      ...state,
      ...(nextLifecycleDateTime === undefined ? {} : { nextLifecycleDateTime }),
      subscriptionId: randomUUID(),
      createdDateTime,
    });
  }
}

function plantPeople(tenant: Tenant, people: PeopleSeed): void {
  const password = hashPassword(people.password ?? makePassword(), false);
  const domain = people.domain ?? tenant.defaultDomain;
  for (let number = 1; number <= people.count; number += 1) {
    plantUser(tenant, makePerson(people, domain, number), password);
  }
}

function passwordOf({ password, mustChangePassword }: SeedUser, unknown: PasswordRecord): PasswordRecord {
  return password === undefined
    ? { ...unknown, mustChange: mustChangePassword }
    : hashPassword(password, mustChangePassword);
}

function plantUser(tenant: Tenant, user: SeedUser, password: PasswordRecord): void {
  const now = tenant.now().toISOString();
  const userPrincipalName = user.userPrincipalName.includes('@')
    ? user.userPrincipalName
    : `${user.userPrincipalName}@${tenant.defaultDomain}`;
  const properties: Properties = {
    accountEnabled: user.accountEnabled,
    businessPhones: [],
    createdDateTime: now,
    displayName: user.displayName ?? userPrincipalName.replace(/@.*/, ''),
    lastPasswordChangeDateTime: now,
    mailNickname: userPrincipalName.replace(/@.*/, ''),
    otherMails: [],
    proxyAddresses: [],
    signInSessionsValidFromDateTime: now,
    usageLocation: user.usageLocation ?? null,
    userPrincipalName,
    userType: 'Member',
    ...user.properties,
  };
  const id = user.id ?? randomUUID();
  const licenses = user.licenses.map((sku) => licenseOf(tenant, sku, now));
  const plain = { id, properties, password, licenses, managerId: null, mailFromMailbox: false };
  tenant.saveUser(licenses.length > 0 ? grantMailbox(tenant, plain) : withoutMailbox(plain));
  for (const role of user.roles) assignRole(tenant, id, role);
}

function licenseOf(tenant: Tenant, sku: string, assignedDateTime: string): AssignedLicense {
  const known = findCatalogSku(sku);
  if (known === undefined || tenant.skus.get(known.skuId) === undefined) {
    throw new TypeError(`The tenant has no subscription ${sku}`);
  }
  return { skuId: known.skuId, disabledPlans: [], assignedDateTime };
}
