import tls from 'node:tls';
import { type Emulator, type EmulatorOptions, startEmulator } from '../index.ts';

/** A Graph answer as tests look at it. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

export type TestClient = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Readonly<Record<string, string>>,
) => Promise<TestAnswer>;

/** Starts an emulator whose certificate this process trusts from then on. */
export async function startTrusted(options: EmulatorOptions = {}): Promise<Emulator> {
  const settings = { deviceCodeIntervalSeconds: 0, ...options.settings };
  const emulator = await startEmulator({ ...options, settings });
  trust(emulator.caPem);
  return emulator;
}

export function trust(caPem: string): void {
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), caPem]);
}

const everyUserPermission = [
  'User.ReadWrite.All',
  'User.EnableDisableAccount.All',
  'User-PasswordProfile.ReadWrite.All',
  'User.DeleteRestore.All',
  'User.RevokeSessions.All',
  'LicenseAssignment.ReadWrite.All',
  'Organization.Read.All',
  'Domain.Read.All',
];

/** A client that calls Graph as an application with these permissions and roles. */
export async function clientWith(
  emulator: Emulator,
  permissions: readonly string[] = everyUserPermission,
  roles: readonly string[] = ['User Administrator'],
): Promise<TestClient> {
  const application = emulator.control.addApplication({
    displayName: 'Test',
    permissions: [...permissions],
    roles: [...roles],
  });
  const token = await getToken(emulator, {
    grant_type: 'client_credentials',
    client_id: application.appId,
    client_secret: application.secret ?? '',
    scope: 'https://graph.microsoft.com/.default',
  });
  return clientFor(emulator.url, token.body.access_token);
}

export function clientFor(url: string, token: string): TestClient {
  return async (method, path, body, headers = {}) => {
    const target = path.startsWith('https:') ? path : `${url}/v1.0${path}`;
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(target, {
      method,
      headers: { authorization: `Bearer ${token}`, ...type, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return answerOf(response);
  };
}

export async function answerOf(response: Response): Promise<TestAnswer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** A call of the token endpoint. */
export async function getToken(
  { url, tenantId }: Pick<Emulator, 'url' | 'tenantId'>,
  form: Readonly<Record<string, string>>,
  tenant = tenantId,
): Promise<TestAnswer> {
  const response = await fetch(`${url}/${tenant}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return answerOf(response);
}

/** Whether a password works online, by the answer to signing in with it. */
export function signInWith(
  emulator: Pick<Emulator, 'url' | 'tenantId'>,
  username: string,
  password: string,
): Promise<TestAnswer> {
  const clientId = '14d82eec-204b-4c2f-b7e8-296a70dab67e';
  const scope = 'openid offline_access';
  return getToken(emulator, { grant_type: 'password', client_id: clientId, username, password, scope });
}

export function newUser(name: string, more: object = {}): object {
  return {
    accountEnabled: true,
    displayName: name,
    mailNickname: name,
    userPrincipalName: `${name}@contoso.onmicrosoft.com`,
    usageLocation: 'US',
    passwordProfile: { password: 'Sunny-Meadow-42', forceChangePasswordNextSignIn: false },
    ...more,
  };
}
