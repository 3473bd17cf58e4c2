import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { TestSandbox } from './TestSandbox.ts';

/** The switches of the emulated tenant: faults, limits, seats. */
export interface EmulatorSwitches {
  change(settings: object): Promise<void>;
  addFault(fault: {
    readonly method?: string;
    readonly path: string;
    readonly calls?: 'all' | readonly number[];
    readonly reset?: 'before' | 'after';
    readonly delayMs?: number;
    readonly answer?: { readonly status: number; readonly headers?: Record<string, string>; readonly body?: object };
  }): Promise<void>;
  removeFaults(): Promise<void>;
  setSeats(sku: string, seats: number): Promise<void>;
  countRequests(): Promise<number>;
  /** Every user of the tenant, read from Graph by an application made for it. */
  listUsers(): Promise<readonly TenantUser[]>;
}

export interface TenantUser {
  readonly id: string;
  readonly userPrincipalName: string;
  readonly onPremisesImmutableId: string | null;
  readonly accountEnabled: boolean;
  readonly assignedLicenses: readonly { readonly skuId: string }[];
}

const READ_ATTEMPTS = 5;
const FIELDS = 'id,userPrincipalName,onPremisesImmutableId,accountEnabled,assignedLicenses';

/** Looking at the tenant must not fail by the weather that a test has made for the product. */
async function readPatiently(url: string, accessToken: string): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, { headers: { authorization: `Bearer ${accessToken}` } }).catch(() => undefined);
    if (response?.ok) return response;
    if (attempt === READ_ATTEMPTS) throw new Error(`${url} answered ${response?.status ?? 'nothing'}`);
    await pause(1_000);
  }
}

export async function emulatorSwitches({
  ready,
  stateFolder,
}: Pick<TestSandbox, 'ready' | 'stateFolder'>): Promise<EmulatorSwitches> {
  const { url, tenantId } = ready.emulator;
  const key = (await readFile(join(stateFolder, 'sandbox', 'emulator', 'control-key'), 'utf8')).trim();
  const ask = async (method: string, path: string, body?: object): Promise<Response> => {
    const response = await fetch(`${url}/_emulator${path}`, {
      method,
      headers: { 'x-emulator-key': key, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`${method} ${path} of the emulator answered ${response.status}: ${await response.text()}`);
    return response;
  };
  const listUsers = async (): Promise<readonly TenantUser[]> => {
    const application = (await (
      await ask('POST', '/applications', { displayName: 'Reader of the test', permissions: ['User.Read.All'] })
    ).json()) as { appId: string; secret: string };
    const token = await fetch(`${url}/${tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: application.appId,
        client_secret: application.secret,
        scope: 'https://graph.microsoft.com/.default',
      }),
    });
    const { access_token: accessToken } = (await token.json()) as { access_token: string };
    const users: TenantUser[] = [];
    for (let next: string | undefined = `${url}/v1.0/users?$top=999&$select=${FIELDS}`; next !== undefined; ) {
      const page = (await (await readPatiently(next, accessToken)).json()) as {
        value: TenantUser[];
        '@odata.nextLink'?: string;
      };
      users.push(...page.value);
      next = page['@odata.nextLink'];
    }
    return users;
  };
  return {
    listUsers,
    change: async (settings) => void (await ask('PATCH', '/settings', settings)),
    addFault: async (fault) => void (await ask('POST', '/faults', fault)),
    removeFaults: async () => void (await ask('DELETE', '/faults')),
    setSeats: async (sku, seats) => void (await ask('PUT', `/licenses/${sku}`, { seats })),
    countRequests: async () => ((await (await ask('GET', '/requests')).json()) as { total: number }).total,
  };
}
