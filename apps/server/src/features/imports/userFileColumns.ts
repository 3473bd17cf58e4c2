import { type UserImportField, userImportFields } from '@isthmus/contracts';
import { transliterate } from '../online-accounts/index.ts';

/** Names of columns by which a field is found, besides its own; those of Microsoft's and other exports, and German ones. */
const OTHER_NAMES: Readonly<Record<UserImportField, readonly string[]>> = {
  userName: ['username', 'logon name', 'login', 'samaccountname', 'account', 'benutzername', 'anmeldename'],
  givenName: ['first name', 'firstname', 'forename', 'vorname'],
  surname: ['last name', 'lastname', 'family name', 'sn', 'nachname', 'familienname'],
  displayName: ['name', 'full name', 'cn', 'anzeigename', 'vollstaendiger name'],
  mail: ['e-mail', 'e-mail address', 'email', 'email address', 'e-mail-adresse'],
  department: ['abteilung'],
  title: ['job title', 'jobtitle', 'position', 'funktion', 'stellenbezeichnung'],
  office: ['office location', 'physicaldeliveryofficename', 'room', 'buero', 'raum'],
  phone: ['phone number', 'office phone', 'telephone', 'telephonenumber', 'telefon', 'telefonnummer'],
  mobile: ['mobile phone', 'mobile number', 'cell phone', 'mobil', 'mobiltelefon', 'handy'],
  company: ['company name', 'organization', 'firma', 'unternehmen'],
  description: ['beschreibung', 'notes', 'bemerkung'],
  onlineAddress: [
    'online address',
    'microsoft 365 address',
    'user principal name',
    'userprincipalname',
    'online-adresse',
  ],
  licenses: ['license', 'licence', 'licences', 'lizenz', 'lizenzen'],
  usageLocation: ['usage location', 'country', 'land', 'nutzungsstandort'],
};

/** `Vor-Name ` and `vorname` are the same column; `ü` is `ue`, as people write it who have no such key. */
function keyOf(name: string): string {
  const spelled = name.toLowerCase().replaceAll('ä', 'ae').replaceAll('ö', 'oe').replaceAll('ü', 'ue');
  return transliterate(spelled).replaceAll(/[^a-z0-9]/g, '');
}

const FIELD_OF = new Map<string, UserImportField>(
  userImportFields.flatMap((field) => [field, ...OTHER_NAMES[field]].map((name) => [keyOf(name), field] as const)),
);

/** The field of each column by its name; of two columns for one field the first. */
export function recognizeColumns(names: readonly string[]): Partial<Record<UserImportField, number>> {
  const mapping: Partial<Record<UserImportField, number>> = {};
  for (const [index, name] of names.entries()) {
    const field = FIELD_OF.get(keyOf(name));
    if (field !== undefined && mapping[field] === undefined) mapping[field] = index;
  }
  return mapping;
}
