import type { CloudEndpoints } from './ports.ts';

type KnownCloud = Exclude<CloudEndpoints['name'], 'custom'>;

const KNOWN: Readonly<Record<KnownCloud, CloudEndpoints>> = {
  worldwide: {
    name: 'worldwide',
    loginUrl: 'https://login.microsoftonline.com',
    graphUrl: 'https://graph.microsoft.com',
    exchangeUrl: 'https://outlook.office365.com',
  },
  'us-government': {
    name: 'us-government',
    loginUrl: 'https://login.microsoftonline.us',
    graphUrl: 'https://graph.microsoft.us',
    exchangeUrl: 'https://outlook.office365.us',
  },
  'us-government-dod': {
    name: 'us-government-dod',
    loginUrl: 'https://login.microsoftonline.us',
    graphUrl: 'https://dod-graph.microsoft.us',
    exchangeUrl: 'https://outlook-dod.office365.us',
  },
  china: {
    name: 'china',
    loginUrl: 'https://login.chinacloudapi.cn',
    graphUrl: 'https://microsoftgraph.chinacloudapi.cn',
    exchangeUrl: 'https://outlook.office365.cn',
  },
};

/** Addresses of one of Microsoft's own clouds. A custom cloud is written as a `CloudEndpoints` value. */
export function cloudEndpoints(name: KnownCloud): CloudEndpoints {
  return KNOWN[name];
}

/**
 * Name of Microsoft Graph as a resource, without a slash at the end. It follows the address in Microsoft's clouds;
 * a custom cloud stands in for the worldwide one wherever it is reached.
 */
export function graphAudience(endpoints: CloudEndpoints): string {
  return endpoints.name === 'custom' ? KNOWN.worldwide.graphUrl : endpoints.graphUrl;
}

/** Name of Exchange Online as a resource; see {@link graphAudience}. */
export function exchangeAudience(endpoints: CloudEndpoints): string {
  return endpoints.name === 'custom' ? KNOWN.worldwide.exchangeUrl : endpoints.exchangeUrl;
}
