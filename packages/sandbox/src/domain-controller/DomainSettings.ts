/** What makes one provisioned domain different from another. */
export interface DomainSettings {
  readonly realm: string;
  readonly domain: string;
  readonly passwordCapture: boolean;
  /** Of a controller that joined; default `dc1`. */
  readonly hostName?: string;
}

export const HOST_NAME = 'dc1';

export function dnsDomainOf(realm: string): string {
  return realm.toLowerCase();
}

export function baseDnOf(realm: string): string {
  return dnsDomainOf(realm)
    .split('.')
    .map((label) => `DC=${label}`)
    .join(',');
}

export function hostDnsNameOf(realm: string, hostName: string = HOST_NAME): string {
  return `${hostName}.${dnsDomainOf(realm)}`;
}
