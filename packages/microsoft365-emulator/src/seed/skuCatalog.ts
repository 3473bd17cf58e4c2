/** A service inside a subscription, with the public ids of Microsoft's product list. */
export interface ServicePlan {
  readonly id: string;
  readonly name: string;
}

export interface CatalogSku {
  readonly skuId: string;
  readonly skuPartNumber: string;
  readonly plans: readonly ServicePlan[];
}

const plan = (name: string, id: string): ServicePlan => ({ id, name });

const servicePlans = {
  exchangeStandard: plan('EXCHANGE_S_STANDARD', '9aaf7827-d63c-4b61-89c3-182f06f82e5c'),
  exchangeEnterprise: plan('EXCHANGE_S_ENTERPRISE', 'efb87545-963c-4e0d-99df-69c6916d9eb0'),
  exchangeFoundation: plan('EXCHANGE_S_FOUNDATION', '113feb6c-3fe4-4440-bddc-54d774bf0318'),
  exchangeArchive: plan('EXCHANGE_S_ARCHIVE_ADDON', '176a09a6-7ec5-4039-ac02-b2791c6ba793'),
  teams: plan('TEAMS1', '57ff2da0-773e-42df-b2af-ffb7a2317929'),
  skype: plan('MCOSTANDARD', '0feaeb32-d00e-4d66-bd5a-43b5b83db82c'),
  sharePointStandard: plan('SHAREPOINTSTANDARD', 'c7699d2e-19aa-44de-8edf-1736da088ca1'),
  sharePointEnterprise: plan('SHAREPOINTENTERPRISE', '5dbe027f-2339-4123-9542-606e4d348a72'),
  officeOnline: plan('SHAREPOINTWAC', 'e95bec33-7c88-4a70-8e19-b10bd9d0c014'),
  officeBusiness: plan('OFFICE_BUSINESS', '094e7854-93fc-4d55-b2c0-3ab5369ebdc1'),
  officeEnterprise: plan('OFFICESUBSCRIPTION', '43de0ff5-c92c-492b-9116-175376d08c38'),
  intuneSmallBusiness: plan('INTUNE_SMBIZ', '8e9ff0ff-aa7a-4b20-83c1-2f636b600ac2'),
  intune: plan('INTUNE_A', 'c1ec4a95-1f05-45b3-a911-aa3fa01094f5'),
  entraPremium: plan('AAD_PREMIUM', '41781fb2-bc02-4b7c-bd55-b576c07bb09d'),
  multiFactor: plan('MFA_PREMIUM', '8a256a2b-b617-496d-b51b-e76466e88db0'),
  rights: plan('RMS_S_ENTERPRISE', 'bea4c11e-220a-4e6d-8eb8-8ea15d019f90'),
  defenderOffice: plan('ATP_ENTERPRISE', 'f20fedf3-f3c3-43c3-8267-2bfdd51c0939'),
  windowsBusiness: plan('WINBIZ', '8e229017-d77b-43d5-9305-903395523b99'),
  yammer: plan('YAMMER_ENTERPRISE', '7547a3fe-08ee-4ccb-b430-5077c5041653'),
  sway: plan('SWAY', 'a23b959c-7ce8-4e57-9140-b90eb88a9e97'),
  planner: plan('PROJECTWORKMANAGEMENT', 'b737dad2-2f6c-4c65-90e3-ca563267e8b9'),
  forms: plan('FORMS_PLAN_E1', '159f4cd6-e380-449f-a816-af1a9ef76344'),
  stream: plan('STREAM_O365_SMB', '3c53ea51-d578-46fa-a4c0-fd0a92809a60'),
  toDo: plan('BPOS_S_TODO_1', '5e62787c-c316-451f-b873-1d05acd4d12c'),
  bookings: plan('MICROSOFTBOOKINGS', '199a5c09-e0ca-4e37-8f7c-b05d533e1ea2'),
  flowOffice: plan('FLOW_O365_P1', '0f9b09cb-62d1-4ff4-9129-43f4996f83f4'),
  powerAppsOffice: plan('POWERAPPS_O365_P1', '92f7a6f3-b89b-4bbd-8c30-809e6da5ad1c'),
  flowFree: plan('FLOW_P2_VIRAL', '50e68c76-46c6-4674-81f9-75456511b170'),
  dataverseFree: plan('DYN365_CDS_VIRAL', '17ab22cd-a0b3-4536-910a-cb6eb12696c0'),
} as const satisfies Record<string, ServicePlan>;

const p = servicePlans;
const office = [p.sway, p.planner, p.forms, p.toDo, p.flowOffice, p.powerAppsOffice, p.yammer];

const skuCatalog: readonly CatalogSku[] = [
  {
    skuId: 'cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46',
    skuPartNumber: 'SPB',
    plans: [
      p.exchangeStandard,
      p.exchangeArchive,
      p.teams,
      p.skype,
      p.sharePointStandard,
      p.officeOnline,
      p.officeBusiness,
      p.intuneSmallBusiness,
      p.intune,
      p.entraPremium,
      p.multiFactor,
      p.rights,
      p.defenderOffice,
      p.windowsBusiness,
      p.bookings,
      p.stream,
      ...office,
    ],
  },
  {
    skuId: '3b555118-da6a-4418-894f-7df1e2096870',
    skuPartNumber: 'O365_BUSINESS_ESSENTIALS',
    plans: [
      p.exchangeStandard,
      p.teams,
      p.skype,
      p.sharePointStandard,
      p.officeOnline,
      p.bookings,
      p.stream,
      ...office,
    ],
  },
  {
    skuId: 'f245ecc8-75af-4f8e-b61f-27d8114de5f3',
    skuPartNumber: 'O365_BUSINESS_PREMIUM',
    plans: [
      p.exchangeStandard,
      p.teams,
      p.skype,
      p.sharePointStandard,
      p.officeOnline,
      p.officeBusiness,
      p.bookings,
      p.stream,
      ...office,
    ],
  },
  {
    skuId: '6fd2c87f-b296-42f0-b197-1e91e994b900',
    skuPartNumber: 'ENTERPRISEPACK',
    plans: [
      p.exchangeEnterprise,
      p.teams,
      p.skype,
      p.sharePointEnterprise,
      p.officeOnline,
      p.officeEnterprise,
      p.rights,
      p.bookings,
      ...office,
    ],
  },
  {
    skuId: '4b9405b0-7788-4568-add1-99614e613b69',
    skuPartNumber: 'EXCHANGESTANDARD',
    plans: [p.exchangeStandard],
  },
  {
    skuId: 'f30db892-07e9-47e9-837c-80727f46fd3d',
    skuPartNumber: 'FLOW_FREE',
    plans: [p.flowFree, p.dataverseFree, p.exchangeFoundation],
  },
];

/** Plans that give a mailbox, and with it `mail` and proxy addresses. */
export const mailboxPlanIds: ReadonlySet<string> = new Set([p.exchangeStandard.id, p.exchangeEnterprise.id]);

/** The one of them that gives the large mailbox. */
export const enterpriseMailboxPlanId = p.exchangeEnterprise.id;

/** Plans that cannot be had at the same time. */
export const exclusivePlanIds: readonly (readonly [string, string])[] = [
  [p.exchangeStandard.id, p.exchangeEnterprise.id],
  [p.sharePointStandard.id, p.sharePointEnterprise.id],
];

/** What a plan needs: one plan of the list. */
export const planDependencies: ReadonlyMap<string, readonly string[]> = new Map([
  [p.officeOnline.id, [p.sharePointStandard.id, p.sharePointEnterprise.id]],
  [p.exchangeArchive.id, [p.exchangeStandard.id, p.exchangeEnterprise.id]],
]);

export function findCatalogSku(idOrPartNumber: string): CatalogSku | undefined {
  const wanted = idOrPartNumber.toLowerCase();
  return skuCatalog.find((sku) => sku.skuId === wanted || sku.skuPartNumber.toLowerCase() === wanted);
}
