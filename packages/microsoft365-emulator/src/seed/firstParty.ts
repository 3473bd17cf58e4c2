import {
  type CatalogPermission,
  exchangePermissions,
  graphPermissions,
  sharePointPermissions,
} from '../graph/authorization/permissionCatalog.ts';

/** An application of Microsoft's own that offers permissions and that tokens are made for. */
export interface ResourceApplication {
  readonly appId: string;
  readonly displayName: string;
  /** Audiences under which it is asked for; `{tenant}` stands for the first label of the initial domain. */
  readonly uris: readonly string[];
  readonly permissions: readonly CatalogPermission[];
}

export const graphAppId = '00000003-0000-0000-c000-000000000000';
const exchangeAppId = '00000002-0000-0ff1-ce00-000000000000';
const sharePointAppId = '00000003-0000-0ff1-ce00-000000000000';

/** Owner of Microsoft's own applications. */
export const microsoftTenantId = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

export const graphResource: ResourceApplication = {
  appId: graphAppId,
  displayName: 'Microsoft Graph',
  uris: ['https://graph.microsoft.com'],
  permissions: graphPermissions,
};

/** What Azure's command line asks for first, even when it is used for Graph alone. */
export const azureManagementResource: ResourceApplication = {
  appId: '797f4846-ba00-4fd7-ba43-dac1f8f63013',
  displayName: 'Windows Azure Service Management API',
  uris: ['https://management.azure.com', 'https://management.core.windows.net'],
  permissions: [{ name: 'user_impersonation', role: null, scope: '41094075-9dad-400e-a0bd-54e686782033' }],
};

export const resourceApplications: readonly ResourceApplication[] = [
  graphResource,
  {
    appId: exchangeAppId,
    displayName: 'Office 365 Exchange Online',
    uris: ['https://outlook.office365.com', 'https://outlook.office.com'],
    permissions: exchangePermissions,
  },
  {
    appId: sharePointAppId,
    displayName: 'Office 365 SharePoint Online',
    uris: ['https://{tenant}.sharepoint.com', 'https://{tenant}-admin.sharepoint.com'],
    permissions: sharePointPermissions,
  },
  azureManagementResource,
];

/** A client of Microsoft's own: anybody may sign in with it although nobody registered it. */
export interface FirstPartyClient {
  readonly appId: string;
  readonly displayName: string;
  /** Delegated permissions it has without anybody's consent. */
  readonly preauthorized: readonly string[];
  readonly redirectUris: readonly string[];
}

const commandLine = [
  'AuditLog.Read.All',
  'Directory.AccessAsUser.All',
  'Group.ReadWrite.All',
  'User.ReadWrite.All',
  'user_impersonation',
];
const signIn = ['openid', 'profile', 'email', 'offline_access'];
const nativeRedirects = ['http://localhost', 'https://login.microsoftonline.com/common/oauth2/nativeclient'];

const firstPartyClients: readonly FirstPartyClient[] = [
  {
    appId: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
    displayName: 'Microsoft Graph Command Line Tools',
    preauthorized: signIn,
    redirectUris: nativeRedirects,
  },
  {
    appId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
    displayName: 'Microsoft Azure CLI',
    preauthorized: [...signIn, ...commandLine],
    redirectUris: nativeRedirects,
  },
  {
    appId: '1950a258-227b-4e31-a9cf-717495945fc2',
    displayName: 'Microsoft Azure PowerShell',
    preauthorized: [...signIn, ...commandLine],
    redirectUris: nativeRedirects,
  },
  {
    appId: 'fb78d390-0c51-40cd-8e17-fdbfab77341b',
    displayName: 'Microsoft Exchange REST API Based Powershell',
    preauthorized: [...signIn, 'Exchange.Manage'],
    redirectUris: nativeRedirects,
  },
];

export function findFirstPartyClient(appId: string): FirstPartyClient | undefined {
  return firstPartyClients.find((client) => client.appId === appId.toLowerCase());
}
