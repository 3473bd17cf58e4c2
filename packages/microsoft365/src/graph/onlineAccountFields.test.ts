import { expect, test } from 'vitest';
import { parseAccount } from './onlineAccountFields.ts';

const PREMIUM = 'CBDC14AB-D96C-4C30-B9F4-6ADA7CDC1D46';
const BASIC = '3B555118-DA6A-4418-894F-7DF1E2096870';
const TEAMS = '57FF2DA0-773E-42DF-B2AF-FFB7A2317929';

test('licenses say which a group alone gives, and which services are switched off', () => {
  const account = parseAccount({
    id: '00000000-0000-4000-8000-000000000001',
    assignedLicenses: [
      { skuId: PREMIUM, disabledPlans: [TEAMS] },
      { skuId: BASIC, disabledPlans: [] },
    ],
    licenseAssignmentStates: [
      { skuId: PREMIUM, assignedByGroup: null },
      { skuId: PREMIUM, assignedByGroup: 'b4cd9ff9-0a6b-4a3a-9cbb-3a0f8e8e6a11' },
      { skuId: BASIC, assignedByGroup: 'b4cd9ff9-0a6b-4a3a-9cbb-3a0f8e8e6a11' },
    ],
  });
  expect(account).toMatchObject({
    skuIds: [PREMIUM.toLowerCase(), BASIC.toLowerCase()],
    inheritedSkuIds: [BASIC.toLowerCase()],
    disabledPlans: { [PREMIUM.toLowerCase()]: [TEAMS.toLowerCase()] },
  });
});
