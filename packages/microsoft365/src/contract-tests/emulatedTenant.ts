import { type Clock, Secret, systemClock } from '@isthmus/kernel';
import { type Emulator, type EmulatorOptions, startEmulator } from 'microsoft365-emulator';
import { Agent, request } from 'undici';
import { type ConnectOptions, connectMicrosoft365 } from '../connectMicrosoft365.ts';
import type { NewOnlineAccount } from '../OnlineAccount.ts';
import type { CloudEndpoints, Microsoft365 } from '../ports.ts';
import { createCertificate } from '../registration/createCertificate.ts';
import { APPLICATION_PERMISSIONS, EXCHANGE_PERMISSION } from '../registration/permissionNeeds.ts';

export interface EmulatedTenant {
  readonly emulator: Emulator;
  readonly endpoints: CloudEndpoints;
  readonly online: Microsoft365;
  close(): Promise<void>;
}

export function endpointsOf(emulator: Emulator): CloudEndpoints {
  return {
    name: 'custom',
    loginUrl: emulator.url,
    graphUrl: emulator.url,
    exchangeUrl: emulator.url,
    caPem: emulator.caPem,
  };
}

/** An emulated tenant and our client, registered beforehand with the permissions that the set-up asks for. */
export async function startTenant(
  options: EmulatorOptions = {},
  client: Partial<Pick<ConnectOptions, 'clock' | 'logger' | 'limits'>> & { readonly permissions?: string[] } = {},
): Promise<EmulatedTenant> {
  const emulator = await startEmulator(options);
  const clock: Clock = client.clock ?? systemClock;
  const certificate = await createCertificate('Isthmus', clock);
  const application = emulator.control.addApplication({
    displayName: 'Isthmus',
    certificatePem: certificate.certificatePem,
    permissions: client.permissions ?? [...APPLICATION_PERMISSIONS, EXCHANGE_PERMISSION],
    roles: ['User Administrator', 'Exchange Recipient Administrator'],
  });
  const endpoints = endpointsOf(emulator);
  const online = connectMicrosoft365({
    endpoints,
    credentials: { tenantId: emulator.tenantId, clientId: application.appId, ...certificate },
    ...client,
  });
  const close = async () => {
    await online.close();
    await emulator.close();
  };
  return { emulator, endpoints, online, close };
}

export function accountAt(domain: string, number: number, changes: Partial<NewOnlineAccount> = {}): NewOnlineAccount {
  return {
    upn: `person${number}@${domain}`,
    displayName: `Person ${number}`,
    givenName: 'Person',
    surname: String(number),
    mailNickname: `person${number}`,
    department: 'Sales',
    usageLocation: 'DE',
    signInAllowed: true,
    immutableId: Buffer.from(String(number).padStart(16, '0')).toString('base64'),
    password: new Secret(`Purple-Otter-${number}-Dances`),
    mustChangePassword: false,
    ...changes,
  };
}

/** Whether the password works, asked the way a person's mail program would. */
export async function passwordWorks(emulator: Emulator, upn: string, password: string): Promise<boolean> {
  const agent = new Agent({ connect: { ca: emulator.caPem } });
  const form = new URLSearchParams({
    grant_type: 'password',
    client_id: '14d82eec-204b-4c2f-b7e8-296a70dab67e',
    scope: 'https://graph.microsoft.com/.default',
    username: upn,
    password,
  });
  const url = `${emulator.url}/${emulator.tenantId}/oauth2/v2.0/token`;
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
    dispatcher: agent,
  });
  const text = await answer.body.text();
  await agent.destroy();
  // 65001: name and password are right, only the consent is missing.
  return answer.statusCode === 200 || text.includes('AADSTS65001');
}
