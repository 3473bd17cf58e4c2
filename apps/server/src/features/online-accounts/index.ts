export { AddressBook } from './AddressBook.ts';
export { cleanLocalPart, splitAddress, transliterate } from './onlineAddress.ts';
export { type KnownLicense, licenseProblems } from './planLicenses.ts';
export { createAction, newAddressProblem } from './planOnlineAccount.ts';
export { proposeMatches } from './proposeMatches.ts';
export { planNamesOf, readLicenses, readTenantFacts } from './readTenantFacts.ts';
export { registerOnlineAccounts } from './routes.ts';
