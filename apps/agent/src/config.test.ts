import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';

const LOCAL = `
ldapiSocket: /var/lib/samba/private/ldap_priv/ldapi
gnupgHome: ./gnupg
stateFolder: state
server: { socketPath: /run/isthmus/agent.sock, publicKeyFile: keys/password-sealing.pub }
`;

test('paths are relative to the file, and what is left out has its default', () => {
  expect(parseConfig(LOCAL, '/etc/isthmus/agent.yaml')).toEqual({
    ldapiSocket: '/var/lib/samba/private/ldap_priv/ldapi',
    gnupgHome: '/etc/isthmus/gnupg',
    stateFolder: '/etc/isthmus/state',
    smbConfFile: '/etc/samba/smb.conf',
    server: { socketPath: '/run/isthmus/agent.sock', publicKeyFile: '/etc/isthmus/keys/password-sealing.pub' },
    pollMs: 250,
    lifeline: 'none',
  });
});

test('a server elsewhere needs certificates and encryption', () => {
  const remote = (url: string): string =>
    LOCAL.replace(
      /server:.*/,
      `server: { url: "${url}", caFile: ca, certFile: cert, keyFile: key, publicKeyFile: pub }`,
    );
  expect(parseConfig(remote('https://isthmus.corp.test:8443'), '/etc/a.yaml').server).toMatchObject({
    keyFile: '/etc/key',
  });
  expect(() => parseConfig(remote('http://isthmus.corp.test'), '/etc/a.yaml')).toThrow(/not a valid configuration/);
});

test.each([
  ['a misspelled key', `${LOCAL}\npolMs: 5`],
  ['a missing key', LOCAL.replace(/gnupgHome.*/, '')],
  ['text that is no YAML', '{'],
  ['nothing', ''],
])('%s is refused', (_name, text) => {
  expect(() => parseConfig(text, '/etc/a.yaml')).toThrow(
    expect.objectContaining({ code: 'agent.configuration-invalid' }),
  );
});
