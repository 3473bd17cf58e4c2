import { createHash, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Settings } from '../../../settings.ts';
import type { DkimKeyRecord, DkimRecord } from '../../../store/exchangeRecords.ts';
import type { Tenant } from '../../../store/Tenant.ts';

const generate = promisify(generateKeyPair);

/** A key pair of which only the public half is kept: nothing is signed here. */
export async function makeDkimKey(size: 1024 | 2048): Promise<DkimKeyRecord> {
  const { publicKey } = await generate('rsa', { modulusLength: size });
  const der = publicKey.export({ type: 'spki', format: 'der' });
  return { size, publicKey: `v=DKIM1; k=rsa; p=${der.toString('base64')};` };
}

/**
 * What the CNAME of a selector must point to. Newer domains are kept under `dkim.mail.microsoft`, in a partition that
 * differs from domain to domain; older ones under the tenant's own name.
 */
export function cnameTarget(tenant: Tenant, settings: Settings, domain: string, selector: 1 | 2): string {
  const label = `selector${selector}-${domain.replaceAll('.', '-')}._domainkey`;
  const { initialDomain } = tenant.record;
  if (settings.exchange.dkimStyle === 'old') return `${label}.${initialDomain}`;
  const letter = String.fromCharCode(97 + ((createHash('sha1').update(domain).digest()[0] ?? 0) % 26));
  return `${label}.${initialDomain.replace(/\..*/, '')}.${letter}-v1.dkim.mail.microsoft`;
}

/** Which selector signs now. */
export function activeSelector({ active, rotateOn }: DkimRecord, now: number): 0 | 1 {
  return now < rotateOn ? active : other(active);
}

export function other(index: 0 | 1): 0 | 1 {
  return index === 0 ? 1 : 0;
}
