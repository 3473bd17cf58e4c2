import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Outcome of a sign-in in the cloud with name and password: `ok`, or the number of Microsoft's error. */
export type OnlineSignIn = 'ok' | number;

/** Signs in at the tenant as a person would, and tells whether the password works there. */
export type SignInOnline = (username: string, password: string) => Promise<OnlineSignIn>;

interface Cloud {
  readonly url: string;
  readonly tenantId: string;
}

/** Registers a program that people may sign in to with name and password, and gives that sign-in. */
export async function openSignInOnline(cloud: Cloud, emulatorFolder: string): Promise<SignInOnline> {
  const key = (await readFile(join(emulatorFolder, 'control-key'), 'utf8')).trim();
  const made = await fetch(`${cloud.url}/_emulator/applications`, {
    method: 'POST',
    headers: { 'x-emulator-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({ displayName: 'Program of the test', public: true, delegated: ['User.Read'] }),
  });
  const { appId } = (await made.json()) as { appId: string };
  return async (username, password) => {
    const response = await fetch(`${cloud.url}/${cloud.tenantId}/oauth2/v2.0/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'password',
        client_id: appId,
        scope: 'https://graph.microsoft.com/User.Read',
        username,
        password,
      }),
    });
    if (response.ok) return 'ok';
    const { error_codes: codes } = (await response.json()) as { error_codes: number[] };
    return codes[0] ?? response.status;
  };
}
