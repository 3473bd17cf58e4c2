// Creates a user, licenses it, adds it to a group and verifies a domain. Beside it runs, and is trusted:
//   npx microsoft365-emulator serve --state tenant --port 8443 --seed first-steps.seed.yaml --resolver 127.0.0.1:5300
//   NODE_EXTRA_CA_CERTS=tenant/ca.pem node first-steps.mjs
import { ConfidentialClientApplication } from '@azure/msal-node';
import { Client } from '@microsoft/microsoft-graph-client';
import { answerTxt } from './answerTxt.mjs';

const { EMULATOR_URL: url = 'https://localhost:8443', DNS_PORT: dnsPort = '5300' } = process.env;
const authority = { authority: `${url}/contoso.onmicrosoft.com`, knownAuthorities: [new URL(url).host] };
const application = { clientId: '7a4c2d5e-0b1f-4c55-9d0e-3f6f1e2a9b10', clientSecret: 'for-the-emulator-only' };
const msal = new ConfidentialClientApplication({ auth: { ...application, ...authority } });
const { accessToken } = await msal.acquireTokenByClientCredential({ scopes: ['https://graph.microsoft.com/.default'] });
const authProvider = (done) => done(null, accessToken);
const graph = Client.init({ baseUrl: `${url}/`, customHosts: new Set(['localhost']), authProvider });

const names = { displayName: 'Ada Lovelace', mailNickname: 'ada', userPrincipalName: 'ada@contoso.onmicrosoft.com' };
const account = { accountEnabled: true, usageLocation: 'GB', passwordProfile: { password: 'Sunny-Meadow-42' } };
const user = await graph.api('/users').post({ ...names, ...account });
const { value: skus } = await graph.api('/subscribedSkus').get();
const addLicenses = [{ skuId: skus.find(({ skuPartNumber }) => skuPartNumber === 'SPB').skuId, disabledPlans: [] }];
await graph.api(`/users/${user.id}/assignLicense`).post({ addLicenses, removeLicenses: [] });
const kind = { mailEnabled: false, securityEnabled: true };
const group = await graph.api('/groups').post({ displayName: 'Engineers', mailNickname: 'engineers', ...kind });
await graph.api(`/groups/${group.id}/members/$ref`).post({ '@odata.id': `${url}/v1.0/users/${user.id}` });
const domain = await graph.api('/domains').post({ id: 'lovelace.example' });
const { value: records } = await graph.api(`/domains/${domain.id}/verificationDnsRecords`).get();
const dns = await answerTxt(Number(dnsPort), domain.id, records.find(({ recordType }) => recordType === 'Txt').text);
const { isVerified } = await graph.api(`/domains/${domain.id}/verify`).post({});
dns.close();
process.stdout.write(`${JSON.stringify({ user: user.id, group: group.id, domain: domain.id, isVerified })}\n`);
