import { createContosoSmall } from './createContosoSmall.ts';
import type { SeedEntry, World } from './World.ts';

const PEOPLE = 10_000;
const TEAMS = 40;
const GIVEN_NAMES = ['Ada', 'Bruno', 'Chloé', 'Dmitri', 'Elif', 'Farid', 'Greta', 'Hana', 'Iris', 'Jonas'];
const SURNAMES = [
  'Abbott',
  'Bergström',
  'Castillo',
  'Duarte',
  'Eriksen',
  'Fischer',
  'Grant',
  'Horváth',
  'Ito',
  'Jansen',
];

function nameFor(names: readonly string[], index: number): string {
  return names[index % names.length] ?? '';
}

function person(number: number, unit: string, dnsDomain: string): SeedEntry {
  const userName = `user${String(number).padStart(5, '0')}`;
  const givenName = nameFor(GIVEN_NAMES, number);
  const surname = nameFor(SURNAMES, Math.floor(number / GIVEN_NAMES.length));
  return {
    dn: `CN=${userName},${unit}`,
    attributes: {
      objectClass: 'user',
      sAMAccountName: userName,
      userPrincipalName: `${userName}@${dnsDomain}`,
      givenName,
      sn: surname,
      displayName: `${givenName} ${surname} ${number}`,
      department: `Team ${(number % TEAMS) + 1}`,
      title: 'Member of staff',
      // Enabled without a password: it has to be set before the person can sign in.
      userAccountControl: '544',
    },
  };
}

/** The small company with ten thousand more people, who have no passwords because making those takes ten minutes. */
export function createContosoLarge(domain: { baseDn: string; dnsDomain: string }): World {
  const small = createContosoSmall(domain);
  const unit = `OU=Branches,${small.guide.managedOu}`;
  const people = Array.from({ length: PEOPLE }, (_, index) => person(index + 1, unit, domain.dnsDomain));
  return {
    seed: {
      ...small.seed,
      organizationalUnits: [
        ...small.seed.organizationalUnits,
        { dn: unit, attributes: { objectClass: 'organizationalUnit' } },
      ],
      people: [...small.seed.people, ...people],
    },
    guide: small.guide,
  };
}
