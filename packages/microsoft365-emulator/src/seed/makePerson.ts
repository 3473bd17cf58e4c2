import { createHash } from 'node:crypto';
import type { PeopleSeed } from './peopleSeed.ts';
import type { SeedUser } from './seedSchema.ts';

const givenNames =
  'Ada Alan Anna Bruno Carla Chen Clara David Elif Emma Fatima Felix Grace Hugo Ines Ivan Jonas Julia Kai Lea Liam Lina Luca Maria Mehmet Mia Nora Olga Omar Paul Priya Rosa Samir Sofia Tom Uma Vera Yuki Zoe'.split(
    ' ',
  );
const surnames =
  'Abel Bauer Berg Brandt Costa Diaz Dubois Eriksen Fischer Fontaine Garcia Haas Hansen Ivanova Jansen Kaya Keller Khan Kowalski Lang Larsen Lopez Martin Meyer Moreau Murphy Nguyen Novak Okafor Patel Petrov Rossi Sato Schmidt Silva Singh Tanaka Vogel Weber Winter Yilmaz Zhang Ziegler'.split(
    ' ',
  );
const departments = [
  'Sales',
  'Engineering',
  'Finance',
  'Human Resources',
  'Legal',
  'Operations',
  'Research',
  'Support',
];
const cities = ['Berlin', 'Dublin', 'Lisbon', 'Lyon', 'Madrid', 'Oslo', 'Prague', 'Turin'];

/** The person with this number: the same one every time, whatever else the tenant consists of. */
export function makePerson(people: PeopleSeed, domain: string, number: number): SeedUser {
  const index = number - 1;
  const givenName = pick(givenNames, index);
  const surname = pick(surnames, Math.floor(index / givenNames.length));
  const round = Math.floor(index / (givenNames.length * surnames.length));
  const name = `${givenName}.${surname}${round === 0 ? '' : round + 1}`.toLowerCase();
  return {
    id: makeId(`${people.variant}/${domain}/${number}`),
    userPrincipalName: `${name}@${domain}`,
    displayName: `${givenName} ${surname}`,
    mustChangePassword: false,
    accountEnabled: true,
    usageLocation: people.usageLocation,
    licenses: people.licenses,
    roles: [],
    properties: {
      givenName,
      surname,
      department: pick(departments, index * 7 + round),
      city: pick(cities, index * 3 + round),
      employeeId: String(number).padStart(6, '0'),
    },
  };
}

function pick(from: readonly string[], index: number): string {
  return from[index % from.length] ?? '';
}

/** An id in the form of a random one, made from a text. */
function makeId(text: string): string {
  const hex = createHash('md5').update(text).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
