import { expect, test } from 'vitest';
import { missingAdministratorRoles, PERMISSION_NEEDS } from './permissionNeeds.ts';

const GLOBAL = '62e90394-69f5-4237-9190-012177145e10';
const PRIVILEGED = 'e8611ab8-c189-46e8-94e1-60213ab1f814';
const CLOUD_APPLICATION = '158c047a-c907-4556-b7ef-446551a6b5f7';

test.each([
  [[GLOBAL], []],
  [[PRIVILEGED, CLOUD_APPLICATION], []],
  [[PRIVILEGED], ['Cloud Application Administrator']],
  [[CLOUD_APPLICATION], ['Global Administrator']],
  [[], ['Global Administrator']],
])('with %j lacks %j', (held, missing) => {
  expect(missingAdministratorRoles(held)).toEqual(missing);
});

test('every need has a reason to translate', () => {
  for (const { reason } of PERMISSION_NEEDS) expect(reason).toMatch(/^permissions\.reason\.[a-zA-Z]+$/);
});
