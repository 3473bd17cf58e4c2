/**
 * Hosts of the national clouds by the host of the worldwide one. Source: Microsoft documentation, "National cloud
 * deployments" (sign-in and Graph) and "Exchange Online admin API" (Exchange). The hosts of SharePoint and of Azure's
 * management are general knowledge.
 */
const hosts = {
  worldwide: {},
  usGovernmentL4: {
    'login.microsoftonline.com': 'login.microsoftonline.us',
    'graph.microsoft.com': 'graph.microsoft.us',
    'outlook.office365.com': 'outlook.office365.us',
    'sharepoint.com': 'sharepoint.us',
    'management.azure.com': 'management.usgovcloudapi.net',
  },
  usGovernmentL5: {
    'login.microsoftonline.com': 'login.microsoftonline.us',
    'graph.microsoft.com': 'dod-graph.microsoft.us',
    'outlook.office365.com': 'outlook-dod.office365.us',
    'sharepoint.com': 'sharepoint-mil.us',
    'management.azure.com': 'management.usgovcloudapi.net',
  },
  china: {
    'login.microsoftonline.com': 'login.partner.microsoftonline.cn',
    'graph.microsoft.com': 'microsoftgraph.chinacloudapi.cn',
    'outlook.office365.com': 'outlook.office365.cn',
    'sharepoint.com': 'sharepoint.cn',
    'management.azure.com': 'management.chinacloudapi.cn',
  },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

export type Cloud = keyof typeof hosts;

export const clouds = ['worldwide', 'usGovernmentL4', 'usGovernmentL5', 'china'] as const satisfies readonly Cloud[];

/** Where people sign in to each of the clouds. */
export const loginOrigins = [...new Set(clouds.map((cloud) => inCloud('https://login.microsoftonline.com', cloud)))];

/** A text that names hosts of the worldwide cloud, with the hosts of another one. */
export function inCloud(text: string, cloud: Cloud): string {
  return Object.entries(hosts[cloud]).reduce((known, [worldwide, host]) => known.replaceAll(worldwide, host), text);
}
