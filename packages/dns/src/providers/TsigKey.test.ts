import { expect, test } from 'vitest';
import { parseTsigKey } from './TsigKey.ts';

const SECRET = 'c2VjcmV0LW9mLXRoZS10ZXN0cw==';

test.each([
  `key "isthmus.test" {\n\talgorithm hmac-sha256;\n\tsecret "${SECRET}";\n};\n`,
  `# made by tsig-keygen\nkey isthmus.test { algorithm HMAC-SHA256.; secret ${SECRET}; }; // end`,
  `# hmac-sha256:isthmus.test:${SECRET}\nkey:\n- id: isthmus.test\n  algorithm: hmac-sha256\n  secret: ${SECRET}\n`,
  `hmac-sha256:Isthmus.test.:${SECRET}\n`,
])('a key file is read: %#', (text) => {
  const { name, algorithm, secret } = parseTsigKey(text);
  expect([name, algorithm, secret.reveal()]).toEqual(['isthmus.test', 'hmac-sha256', SECRET]);
});

test.each([
  '',
  'no key',
  `hmac-md5:isthmus.test:${SECRET}`,
  `hmac-sha256::${SECRET}`,
  'hmac-sha256:isthmus.test:not base64!',
  'key "isthmus.test" { algorithm hmac-sha256; };',
])('anything else is refused without the secret in the message: %j', (text) => {
  expect(() => parseTsigKey(text)).toThrowError(expect.objectContaining({ code: 'dns.key-invalid' }));
  expect(() => parseTsigKey(text)).not.toThrowError(/c2VjcmV0|not base64!/);
});
