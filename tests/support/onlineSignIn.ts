/** Outcome of a sign-in in the cloud with name and password: `ok`, or the number of Microsoft's error. */
export type OnlineSignIn = 'ok' | number;

/** Well-known public client that may use the password grant: Microsoft Graph Command Line Tools. */
const PUBLIC_CLIENT = '14d82eec-204b-4c2f-b7e8-296a70dab67e';

/** Proves whether a password works in the tenant, by the resource owner password grant. */
export async function onlineSignIn(
  cloud: { readonly url: string; readonly tenantId: string },
  username: string,
  password: string,
): Promise<OnlineSignIn> {
  const response = await fetch(`${cloud.url}/${cloud.tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'password',
      client_id: PUBLIC_CLIENT,
      scope: 'https://graph.microsoft.com/User.Read openid',
      username,
      password,
    }),
  });
  if (response.ok) return 'ok';
  const { error_codes: codes } = (await response.json()) as { error_codes: number[] };
  return codes[0] ?? response.status;
}
