import { expect, test } from 'vitest';
import { FakeGraph } from '../testing/FakeGraph.ts';
import { FakeTokens, fakeTransport } from '../testing/fakeTransport.ts';
import { GraphTenant } from './GraphTenant.ts';

const options = { lane: 'interactive' } as const;

function tenantAnswering(body: object): GraphTenant {
  const graph = new FakeGraph();
  graph.send = () => Promise.resolve({ status: 200, headers: {}, text: JSON.stringify(body) });
  return new GraphTenant(fakeTransport(graph).transport, { graph: new FakeTokens(), exchange: new FakeTokens() });
}

test('the facts of the organization', async () => {
  const tenant = tenantAnswering({
    value: [
      {
        id: '11111111-2222-3333-4444-555555555555',
        displayName: 'Contoso',
        countryLetterCode: 'DE',
        onPremisesSyncEnabled: null,
        verifiedDomains: [
          { name: 'contoso.onmicrosoft.com', isDefault: false, isInitial: true, type: 'Managed' },
          { name: 'contoso.com', isDefault: true, isInitial: false },
        ],
      },
    ],
  });
  expect(await tenant.facts(options)).toEqual({
    tenantId: '11111111-2222-3333-4444-555555555555',
    displayName: 'Contoso',
    initialDomain: 'contoso.onmicrosoft.com',
    domains: [
      { name: 'contoso.onmicrosoft.com', isDefault: false, isInitial: true, isVerified: true },
      { name: 'contoso.com', isDefault: true, isInitial: false, isVerified: true },
    ],
    defaultUsageLocation: undefined,
    countryCode: 'DE',
    synchronizedByOthers: false,
  });
});

test('licenses with names for people; those in their days of grace count, those of the whole company do not', async () => {
  const tenant = tenantAnswering({
    value: [
      {
        skuId: 'CBDC14AB-D96C-4C30-B9F4-6ADA7CDC1D46',
        skuPartNumber: 'SPB',
        appliesTo: 'User',
        capabilityStatus: 'Warning',
        consumedUnits: 7,
        prepaidUnits: { enabled: 0, suspended: 0, warning: 10 },
        servicePlans: [
          { servicePlanId: '9AAF7827-D63C-4B61-89C3-182F06F82E5C', servicePlanName: 'EXCHANGE_S_STANDARD' },
          {
            servicePlanId: '113FEB6C-3FE4-4440-BDDC-54D774BF0318',
            servicePlanName: 'EXCHANGE_S_FOUNDATION',
            appliesTo: 'Company',
          },
        ],
      },
      { skuId: 'b', skuPartNumber: 'NEW_THING', capabilityStatus: 'LockedOut', consumedUnits: 3 },
      { skuId: 'c', skuPartNumber: 'COMPANY_WIDE', appliesTo: 'Company' },
    ],
  });
  expect(await tenant.licenses(options)).toMatchObject([
    {
      skuId: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46',
      name: 'Microsoft 365 Business Premium',
      total: 10,
      used: 7,
      free: 3,
      state: 'warning',
    },
    { name: 'NEW_THING', total: 0, free: 0, state: 'locked-out' },
  ]);
});

test('a token that cannot be read holds no permission that we know of', async () => {
  expect(await tenantAnswering({}).grantedPermissions()).toEqual([]);
});
