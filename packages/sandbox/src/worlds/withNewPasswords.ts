import { generatePassword } from '../generatePassword.ts';
import type { SeededPerson, WorldGuide } from './World.ts';

/** The same people; those who have a password get another one. */
export function withNewPasswords(guide: WorldGuide): WorldGuide {
  const renewed = new Map<string, SeededPerson>();
  const renew = (person: SeededPerson): SeededPerson => {
    const known = renewed.get(person.dn);
    if (known !== undefined) return known;
    const changed = person.password === undefined ? person : { ...person, password: generatePassword() };
    renewed.set(person.dn, changed);
    return changed;
  };
  const renewIfAny = (person: SeededPerson | undefined): SeededPerson | undefined =>
    person === undefined ? undefined : renew(person);
  return {
    ...guide,
    people: guide.people.map(renew),
    dashboardAdministrator: renewIfAny(guide.dashboardAdministrator),
    helpDeskMember: renewIfAny(guide.helpDeskMember),
    serviceAccount: renewIfAny(guide.serviceAccount),
  };
}
