import { expect, test } from 'vitest';
import { readReferenceBody, readUserReferenceBody } from './reference.ts';

const id = '0f4c4d3a-5d0e-4a1e-9a7f-0123456789ab';

test.each([
  `https://graph.microsoft.com/v1.0/directoryObjects/${id}`,
  `https://graph.microsoft.com/beta/users/${id}`,
  `https://localhost:8443/v1.0/directoryObjects('${id}')`,
  `https://graph.microsoft.com/v1.0/groups/${id.toUpperCase()}/`,
  `https://graph.microsoft.com/v2/contoso/directoryObjects/${id}/Microsoft.DirectoryServices.User`,
  `https://graph.microsoft.com/v1.0/servicePrincipals/${id}/$ref`,
  `directoryObjects/${id}`,
  `users('${id}')`,
])('%s names the object', (link) => {
  expect(readReferenceBody({ '@odata.id': link })).toBe(id);
});

test.each([
  ['https://graph.microsoft.com/v1.0/users/ada%40contoso.com', 'ada@contoso.com'],
  ["users('o''hara@contoso.com')", "o'hara@contoso.com"],
])('%s names the user', (link, expected) => {
  expect(readUserReferenceBody({ '@odata.id': link })).toBe(expected);
});

test.each([undefined, {}, { '@odata.id': 1 }, { '@odata.id': 'https://elsewhere/' }, { '@odata.id': 'users/%zz' }])(
  '%j names nothing',
  (body) => {
    expect(readReferenceBody(body)).toBeUndefined();
    expect(readUserReferenceBody(body)).toBeUndefined();
  },
);
