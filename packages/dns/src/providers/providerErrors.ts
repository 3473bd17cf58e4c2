import { DomainError } from '@isthmus/kernel';
import type { DnsProviderErrorCode } from './DnsProvider.ts';

const texts: Readonly<Record<DnsProviderErrorCode, readonly [says: string, remedy: string, retryable?: true]>> = {
  'dns.provider-unreachable': [
    'does not answer.',
    'Look whether its address and port are right, and whether a firewall lets us through; then try again.',
    true,
  ],
  'dns.provider-refused': [
    'does not let us write.',
    'Give the key the right to change the records of this zone, at the provider or in the configuration of the name server; its log says more.',
  ],
  'dns.provider-key-refused': [
    'does not accept the key.',
    'Enter the name, the algorithm and the secret of the key exactly as they are at the provider, and let it change this zone.',
  ],
  'dns.provider-clock': [
    'says that our clock and its own differ too much.',
    'Set the clocks of both machines; a difference of up to five minutes is accepted.',
  ],
  'dns.provider-failed': ['could not carry it out.', 'Try again; if it stays so, look into its log.', true],
  'dns.zone-missing': [
    'holds no zone for this domain.',
    'Choose the provider that the domain’s name servers belong to, or make the zone there first.',
  ],
  'dns.changed-meanwhile': [
    'has other records by now than those that the plan was made for. Nothing was written over them.',
    'Look at the new plan, and write again.',
  ],
};

/** @param who "The name server 192.0.2.53" */
export function providerError(
  code: DnsProviderErrorCode,
  who: string,
  more: { readonly detail?: string; readonly cause?: unknown } = {},
): DomainError {
  const [says, remedy, retryable] = texts[code];
  return new DomainError({
    code,
    message: more.detail === undefined ? `${who} ${says}` : `${who} ${says} It says: ${more.detail}`,
    remedy,
    retryable: retryable ?? false,
    cause: more.cause,
  });
}
