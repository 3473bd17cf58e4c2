import { createPrivateKey, X509Certificate } from 'node:crypto';
import { ManualClock } from '@isthmus/kernel';
import { expect, test } from 'vitest';
import { createCertificate } from './createCertificate.ts';

// Making a key takes seconds on a busy machine.
test('key and certificate belong together, for one year', { timeout: 60_000 }, async () => {
  const clock = new ManualClock(new Date('2030-03-01T12:00:00.500Z'));
  const { certificatePem, privateKeyPem, expiresAt } = await createCertificate('Isthmus at contoso', clock);
  const certificate = new X509Certificate(certificatePem);
  expect(certificate.checkPrivateKey(createPrivateKey(privateKeyPem.reveal()))).toBe(true);
  expect(certificate.subject).toBe('CN=Isthmus at contoso');
  expect(certificate.validToDate).toEqual(expiresAt);
  expect(expiresAt.toISOString()).toBe('2031-03-01T12:00:00.000Z');
  expect(certificate.validFromDate.getTime()).toBeLessThan(clock.now().getTime());
});
