/** A permission of a resource, with the ids under which it is granted. */
export interface CatalogPermission {
  readonly name: string;
  /** Id of the application permission, if there is one. */
  readonly role: string | null;
  /** Id of the delegated permission, if there is one. */
  readonly scope: string | null;
}

// Name, application permission, delegated permission. Source: Microsoft's permission data
// (microsoft-graph-devx-content, permissions/new); the rows of the second list are from general knowledge.
const published: readonly string[] = [
  'User.Read - e1fe6dd8-ba31-4d61-89e7-88639da4683d',
  'User.Read.All df021288-bdef-4463-88db-98f22de89214 a154be20-db9c-4678-8ab7-66f6cc099a59',
  'User.ReadWrite.All 741f803b-c850-494e-b5df-cde7c675a1ca 204e0828-b5ca-4ad8-b9f3-f32a958e7cc4',
  'User-PasswordProfile.ReadWrite.All cc117bb9-00cf-4eb8-b580-ea2a878fe8f7 56760768-b641-451f-8906-e1b8ab31bca7',
  'User.EnableDisableAccount.All 3011c876-62b7-4ada-afa2-506cbbecc68c f92e74e7-2563-467f-9dd0-902688cb5863',
  'User.DeleteRestore.All eccc023d-eccf-4e7b-9683-8813ab36cecc 4bb440cd-2cf2-4f90-8004-aa2acd2537c5',
  'User.RevokeSessions.All 77f3a031-c388-4f99-b373-dc68676a979e fc30e98b-8810-4501-81f5-c20a3196387b',
  'LicenseAssignment.ReadWrite.All 5facf0c1-8979-4e95-abcf-ff3d079771c0 f55016cc-149c-447e-8f21-7cf3ec1d6350',
  'Organization.Read.All 498476ce-e0fe-48b0-b801-37ba7e2685c6 4908d5b9-3fb2-4b1e-9336-1888b7937185',
  'Directory.Read.All 7ab1d382-f21e-4acd-a863-ba3e13f7da61 06da0dbc-49e2-44d2-8312-53f166ab848a',
  'Directory.ReadWrite.All 19dbc75e-c2e2-444c-a770-ec69d8559fc7 c5366453-9fb0-48a5-a156-24f0c49a4b84',
  'Group.Read.All 5b567255-7703-4780-807c-7be8301ae99b 5f8c59db-677d-491f-a6b8-5f174b11ec1d',
  'Group.ReadWrite.All 62a82d76-70ea-41e2-9197-370581804d09 4e46008b-f24c-477d-8fff-7bb4ec7aafe0',
  'GroupMember.ReadWrite.All dbaae8cf-10b5-4b86-a4a1-f871c94c6695 f81125ac-d3b7-4573-a3b2-7099cc39df9e',
  'Domain.Read.All dbb9058a-0e50-45d7-ae91-66909b5d4664 2f9ee017-59c1-4f1d-9472-bd5529a7b311',
  'Domain.ReadWrite.All 7e05723c-0bb0-42da-be95-ae9f08a6e53c 0b5d694c-a244-4bde-86e6-eb5cd07730fe',
  'Application.ReadWrite.OwnedBy 18a4783c-866b-4cc7-a460-3d5e5662c884 -',
  'Application.ReadWrite.All 1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9 bdfbf15f-ee85-4955-8675-146e8e5296b5',
  'AppRoleAssignment.ReadWrite.All 06b708a9-e830-4db3-a914-8e69da51d44f 84bccea3-f856-4a8a-967b-dbe0a3d53a64',
  'DelegatedPermissionGrant.ReadWrite.All 8e8e4742-1d95-4f68-9d56-6ee75648c72a 41ce6ca6-6826-4807-84f1-1c82854f7ee5',
  'RoleManagement.ReadWrite.Directory 9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8 d01b97e9-cbc0-49fe-810a-750afd5527a3',
  'Sites.Read.All 332a536c-c7ef-4017-ab91-336970924f0d 205e70e5-aba6-4c52-a976-6d2d46c48043',
  'Sites.ReadWrite.All 9492366f-7969-46a4-8d15-ed1a20078fff 89fe6a52-be36-487e-b7d8-d061c450a026',
  'Sites.Manage.All 0c0bf378-bf22-4481-8f81-9e89a9b4960a 65e50fdc-43b7-4915-933e-e8138f11f40a',
  'Sites.FullControl.All a82116e5-55eb-4c41-a434-62fe8a61c773 5a54b8b3-347c-476d-8f8e-42d5c7424d29',
  'Sites.Selected 883ea226-0bf2-4a8f-9f9d-92c9162a727d f89c84ef-20d0-4b54-87e9-02e856d66d53',
  'Files.ReadWrite.All 75359482-378d-4052-8f01-80520e7db3cd 863451e7-0667-486c-a5d6-d135439485f0',
  'ServiceHealth.Read.All 79c261e0-fe76-4144-aad5-bdc68fbe4037 55896846-df78-47a7-aa94-8d3d4442ca7f',
  'ServiceMessage.Read.All 1b620472-6534-4fe6-9df2-4680e8aa28ec eda39fa6-f8cf-4c3c-a909-432c683e4c9b',
  'Reports.Read.All 230c1aed-a721-4c5d-9cb4-a90514e508ef 02e97553-ed7b-43d0-ab3c-f8bace0d040c',
  'DeviceManagementManagedDevices.Read.All 2f51be20-0bb4-4fed-bf7b-db946066c75e 314874da-47d6-4978-88dc-cf0d37f0bb82',
  'DeviceManagementManagedDevices.ReadWrite.All 243333ab-4d21-40cb-a475-36241daa0842 44642bfe-8385-4adc-8fc6-fe3cb2c375c3',
  'DeviceManagementManagedDevices.PrivilegedOperations.All 5b07b0dd-2377-4e44-a38d-703f09a0dc3c 3404d2bf-2b13-457e-a330-c24615765193',
  'UserAuthenticationMethod.Read - 1f6b61c5-2f65-4135-9c9f-31c0f8d32b52',
  'UserAuthenticationMethod.ReadWrite - 48971fc1-70d7-4245-af77-0beb29b53ee2',
  'UserAuthenticationMethod.Read.All 38d9df27-64da-44fd-b7c5-a6fbac20248f aec28ec7-4d02-4e8c-b864-50163aea77eb',
  'User-OnPremisesSyncBehavior.ReadWrite.All a94a502d-0281-4d15-8cd2-682ac9362c4c 7ff9afdd-0cdb-439d-a61c-fea3e9339e89',
  'UserAuthenticationMethod.ReadWrite.All 50483e42-d915-4231-9639-7fdb7fd190e5 b7887744-6746-4312-813d-72daeaee7e2d',
  'OnPremDirectorySynchronization.ReadWrite.All c22a92cc-79bf-4bb1-8b6c-e0a05d3d80ce c2d95988-7604-4ba1-aaed-38a5f82a51c7',
  'SharePointTenantSettings.ReadWrite.All 19b94e34-907c-4f43-bde9-38b1909ed408 aa07f155-3612-49b8-a147-6c590df35536',
  'AuditLog.Read.All b0afded3-3588-46d8-8b3d-9842eff778da e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20',
  'Group.Create bf7b1a76-6e77-406b-b258-bf5c7720e98f -',
  'Group.ReadBasic.All 07d67222-3a10-4d3b-9ddc-b8aa43198a00 ba1917bc-a64b-4c71-b66d-229d4a520e66',
  'GroupMember.ReadBasic.All 8222c640-cae5-4860-8d11-b32cfad95e03 28539367-358c-4ed9-b7f0-793eccb8fd34',
  'OrgContact.Read.All e1a88a34-94c4-4418-be12-c87b00e26bea 08432d1b-5911-483c-86df-7980af5cdee0',
  'LicenseAssignment.Read.All e2f98668-2877-4f38-a2f4-8202e0717aa1 f395577a-0960-456b-979f-7228de0c5996',
  'ReportSettings.Read.All ee353f83-55ef-4b78-82da-555bfa2b4b95 84fac5f4-33a9-4100-aa38-a20c6d29e5e7',
  'ReportSettings.ReadWrite.All 2a60023f-3219-47ad-baa4-40e17cd02a1d b955410e-7715-4a88-a940-dfd551018df3',
  'OnPremDirectorySynchronization.Read.All bb70e231-92dc-4729-aff5-697b3f04be95 f6609722-4100-44eb-b747-e6ca0536989d',
  'Policy.Read.All 246dd0d5-5bd0-4def-940b-0421030a5b68 572fea84-0151-49b2-9301-11cb16974376',
  'Policy.ReadWrite.Authorization fb221be6-99f2-473f-bd32-01c6a0e9ca3b edd3c878-b384-41fd-95ad-e7407dd775be',
  'RoleManagement.Read.All c7fbd983-d9aa-4fa7-84b8-17382c103bc4 48fec646-b2ba-4019-8681-8eb31435aded',
  'Domain-InternalFederation.Read.All c0e5a7b0-e8b7-40a7-b8e0-8249e6ea81d5 33203a2a-a761-40f0-8a7c-a7e74a9f8ac6',
  'Domain-InternalFederation.ReadWrite.All 64d40371-8d58-4270-bc8a-b4a66de36b9a 857bd3ea-490e-4284-88a7-a7de1893b6ee',
];

const commonlyKnown: readonly string[] = [
  'openid - 37f7f235-527c-4136-accd-4a02d197296e',
  'profile - 14dad69e-099b-42c9-810b-d002981feec1',
  'email - 64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0',
  'offline_access - 7427e0e9-2fba-42fe-b0c0-848c9e6a8182',
  'User.ReadBasic.All 97235f07-e226-4f63-ace3-39588e11d3a1 b340eb25-3456-403f-be2f-af7a0d370277',
  'User.ReadWrite - b4e74841-8e56-480b-be8b-910348b18b4c',
  'Directory.AccessAsUser.All - 0e263e50-5827-48a4-b97c-d940288653c7',
  'Application.Read.All 9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30 c79f8feb-a9db-4090-85f9-90d820caa0eb',
  'GroupMember.Read.All 98830695-27a2-44f7-8c18-0c3ebc9698f6 bc024368-1153-4739-b217-4326f2e966d0',
  'RoleManagement.Read.Directory 483bed4a-2ad3-4361-a73b-c83ccdbdc53c 741c54c3-0c1e-44a1-818b-3f97ab4e8c83',
  'Files.Read - 10465720-29dd-4523-a11a-6a75c743c9d9',
  'Files.ReadWrite - 5c28f0bf-8a70-41f1-8ab2-9032436ddb65',
  'Files.Read.All 01d4889c-1287-42c6-ac1f-5d1e02578ef6 df85f4d6-205c-4ac5-a5ea-6bf408dba283',
  'SharePointTenantSettings.Read.All 83d4163d-a2d8-4d3b-9695-4ae3ca98f888 2ef70e10-5bfd-4ede-a5f6-67720500b258',
  'Organization.ReadWrite.All 292d869f-3427-49a8-9dab-8c70152b74e9 46ca0847-7e6b-426e-9775-ea810a948356',
];

function parse(row: string): CatalogPermission {
  const [name = '', role = '-', scope = '-'] = row.split(' ');
  return { name, role: role === '-' ? null : role, scope: scope === '-' ? null : scope };
}

export const graphPermissions: readonly CatalogPermission[] = [...published, ...commonlyKnown].map(parse);

export const exchangePermissions: readonly CatalogPermission[] = [
  'Exchange.ManageAsApp dc50a0fb-09a3-484d-be87-e023b12c6440 -',
  'Exchange.Manage - ab4f2b77-0b06-4fc1-a9de-02113fc2ab7c',
  // Ids of the emulator's own: Microsoft's page about these two names no ids.
  'Exchange.ManageAsAppV2 5e1f0c1a-2b7d-4c55-9b0e-6f2a3d9c8e41 -',
  'Exchange.ManageV2 - 7d3c9a52-8e40-4f1b-a6d7-1b5e2f0c4a96',
].map(parse);

export const sharePointPermissions: readonly CatalogPermission[] = [
  'Sites.FullControl.All 678536fe-1083-478a-9c59-b99265e6b0d3 -',
  'Sites.Selected 20d37865-089c-4dee-8c41-6967602d4ac8 -',
  'Sites.Read.All d13f72ca-a275-4b96-b789-48ebcc4da984 -',
  'Sites.ReadWrite.All fbcd29d2-fcca-4405-aded-518d457caae4 -',
  'Sites.Manage.All 9bff6588-13f2-4c48-bbf2-ddab62256b36 -',
  'AllSites.Read - 4e0d77b0-96ba-4398-af14-3baa780278f4',
  'AllSites.Write - 640ddd16-e5b7-4d71-9690-3f4022699ee7',
  'AllSites.Manage - b3f70a70-8a4b-4f95-9573-d71c496a53f4',
  'AllSites.FullControl - 56680e0d-d2a3-4ae1-80d8-3c4f2100e3d0',
].map(parse);

/** Scopes that sign-in itself understands and that need no consent of an administrator. */
export const signInScopes: ReadonlySet<string> = new Set(['openid', 'profile', 'email', 'offline_access']);

/** Delegated permissions that an ordinary user may consent to; all others need an administrator. */
export const userConsentableScopes: ReadonlySet<string> = new Set([
  ...signInScopes,
  'User.Read',
  'User.ReadWrite',
  'User.ReadBasic.All',
]);
