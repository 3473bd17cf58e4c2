import { generatePassword } from '../generatePassword.ts';
import { CONTOSO_DEPARTMENTS, CONTOSO_PEOPLE, type ContosoPerson } from './contosoPeople.ts';
import { serviceAccountPermissions } from './serviceAccountPermissions.ts';
import type { SeedEntry, SeededPerson, World } from './World.ts';

const ADMINISTRATORS_GROUP = 'Isthmus Administrators';
const HELP_DESK_GROUP = 'Isthmus Help Desk';
const SERVICE_ACCOUNT = 'svc-isthmus';
const ENABLED = '512';
const DISABLED = '514';
const NEVER_EXPIRING_ENABLED = '66048';
const GLOBAL_SECURITY_GROUP = '-2147483646';
/** 2024-01-01T00:00:00Z as a Windows file time. */
const LONG_AGO = '133485408000000000';

interface Place {
  readonly baseDn: string;
  readonly dnsDomain: string;
  readonly managedOu: string;
}

function personDn(person: ContosoPerson, place: Place): string {
  return `CN=${person.commonName ?? person.displayName},OU=${person.department},${place.managedOu}`;
}

function personEntry(person: ContosoPerson, place: Place, password: string): SeedEntry {
  const userPrincipalName = `${person.userName}@${place.dnsDomain}`;
  return {
    dn: personDn(person, place),
    password,
    attributes: {
      objectClass: 'user',
      sAMAccountName: person.userName,
      userPrincipalName,
      givenName: person.givenName,
      sn: person.surname,
      displayName: person.displayName,
      mail: `${person.userName}@contoso.com`,
      title: person.title,
      department: person.department,
      company: 'Contoso',
      l: person.city,
      userAccountControl: person.state === 'inactive' ? DISABLED : ENABLED,
      ...(person.state === 'expired' ? { accountExpires: LONG_AGO } : {}),
    },
  };
}

function group(name: string, description: string, members: readonly string[], place: Place): SeedEntry {
  return {
    dn: `CN=${name},OU=Groups,${place.managedOu}`,
    attributes: {
      objectClass: 'group',
      sAMAccountName: name,
      groupType: GLOBAL_SECURITY_GROUP,
      description,
      ...(members.length === 0 ? {} : { member: members }),
    },
  };
}

function groups(place: Place): SeedEntry[] {
  const dnOf = (userName: string): string[] =>
    CONTOSO_PEOPLE.filter((person) => person.userName === userName).map((person) => personDn(person, place));
  const departments = CONTOSO_DEPARTMENTS.map((department) => {
    const members = CONTOSO_PEOPLE.filter((person) => person.department === department);
    return group(
      department,
      `Everybody in ${department}`,
      members.map((person) => personDn(person, place)),
      place,
    );
  });
  const everyone = departments.map((entry) => entry.dn);
  return [
    ...departments,
    group('All Staff', 'Everybody at Contoso, by department', everyone, place),
    group(
      'Project Lighthouse',
      'The people who build the new branch',
      ['maria.lopez', 'olga.petrova', 'kenji.tanaka'].flatMap(dnOf),
      place,
    ),
    group(ADMINISTRATORS_GROUP, 'May do everything in the dashboard', dnOf('amelia.brandt'), place),
    group(HELP_DESK_GROUP, 'May reset passwords and unlock accounts in the dashboard', dnOf('hugo.nilsson'), place),
  ];
}

function managerChanges(place: Place): SeedEntry[] {
  const byUserName = new Map(CONTOSO_PEOPLE.map((person) => [person.userName, person]));
  return CONTOSO_PEOPLE.flatMap((person) => {
    const manager = person.manager === undefined ? undefined : byUserName.get(person.manager);
    if (manager === undefined) return [];
    return [{ dn: personDn(person, place), attributes: { manager: personDn(manager, place) } }];
  });
}

function serviceAccountEntry(place: Place, password: string): SeedEntry {
  return {
    dn: `CN=${SERVICE_ACCOUNT},OU=Service Accounts,${place.baseDn}`,
    password,
    attributes: {
      objectClass: 'user',
      sAMAccountName: SERVICE_ACCOUNT,
      userPrincipalName: `${SERVICE_ACCOUNT}@${place.dnsDomain}`,
      displayName: 'Isthmus service account',
      description: 'Least rights for Isthmus: the Contoso unit, and reading changes of the domain',
      userAccountControl: NEVER_EXPIRING_ENABLED,
    },
  };
}

function seeded(entry: SeedEntry): SeededPerson {
  const text = (name: string): string => String(entry.attributes[name] ?? '');
  return {
    userName: text('sAMAccountName'),
    displayName: text('displayName'),
    dn: entry.dn,
    userPrincipalName: text('userPrincipalName'),
    ...(entry.password === undefined ? {} : { password: entry.password }),
  };
}

/** A small company: 25 people in four departments, with new random passwords each time it is made. */
export function createContosoSmall(domain: { baseDn: string; dnsDomain: string }): World {
  const managedOu = `OU=Contoso,${domain.baseDn}`;
  const place: Place = { ...domain, managedOu };
  const units = [managedOu, ...[...CONTOSO_DEPARTMENTS, 'Groups'].map((name) => `OU=${name},${managedOu}`)];
  const people = CONTOSO_PEOPLE.map((person) => personEntry(person, place, generatePassword()));
  const serviceAccount = serviceAccountEntry(place, generatePassword());
  const seededPeople = people.map(seeded);
  const named = (userName: string): SeededPerson | undefined =>
    seededPeople.find((person) => person.userName === userName);
  return {
    seed: {
      upnSuffixes: ['contoso.onmicrosoft.com'],
      organizationalUnits: [...units, `OU=Service Accounts,${domain.baseDn}`].map((dn) => ({
        dn,
        attributes: { objectClass: 'organizationalUnit' },
      })),
      people: [...people, serviceAccount],
      groups: groups(place),
      changes: managerChanges(place),
      permissions: serviceAccountPermissions(serviceAccount.dn, managedOu, domain.baseDn),
    },
    guide: {
      managedOu,
      administratorsGroup: `CN=${ADMINISTRATORS_GROUP},OU=Groups,${managedOu}`,
      helpDeskGroup: `CN=${HELP_DESK_GROUP},OU=Groups,${managedOu}`,
      dashboardAdministrator: named('amelia.brandt'),
      helpDeskMember: named('hugo.nilsson'),
      serviceAccount: seeded(serviceAccount),
      people: seededPeople,
    },
  };
}
