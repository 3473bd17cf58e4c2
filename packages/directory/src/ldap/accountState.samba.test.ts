import { Attribute } from 'ldapts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDirectory, type TestDirectory } from '../testing/startDirectory.ts';

let fixture: TestDirectory;
beforeAll(async () => {
  fixture = await startDirectory();
}, 120_000);
afterAll(() => fixture.stop());

test('enabling takes away the leave to sign in without a password, which other tools leave behind', async () => {
  const { administrator, controller, directory } = fixture;
  const dn = `CN=No Password,OU=People,${controller.baseDn}`;
  const values = { objectClass: 'user', sAMAccountName: 'no.password', userAccountControl: '546' };
  await administrator.add(
    dn,
    Object.entries(values).map(([type, value]) => new Attribute({ type, values: [value] })),
  );
  const user = await directory.findUserByName('no.password');
  expect(user?.enabled).toBe(false);
  if (user !== undefined) await directory.setEnabled(user.id, true);
  const { searchEntries } = await administrator.search(dn, { scope: 'base', attributes: ['userAccountControl'] });
  expect(searchEntries[0]?.['userAccountControl']).toBe('512');
});
