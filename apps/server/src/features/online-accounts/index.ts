export { AddressBook } from './AddressBook.ts';
export { splitAddress } from './onlineAddress.ts';
export { type KnownLicense, licenseProblems } from './planLicenses.ts';
export { createAction, newAddressProblem } from './planOnlineAccount.ts';
export { planNamesOf, readLicenses, readTenantFacts } from './readTenantFacts.ts';
export { registerOnlineAccounts } from './routes.ts';
