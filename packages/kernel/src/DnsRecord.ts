/** Types of record that a tenant asks for, and those that may stand in their way. */
export const recordTypes = ['A', 'AAAA', 'CNAME', 'MX', 'TXT', 'SRV'] as const;
export type DnsRecordType = (typeof recordTypes)[number];

type Data =
  | { readonly type: 'A' | 'AAAA'; readonly address: string }
  | { readonly type: 'CNAME'; readonly target: string }
  | { readonly type: 'MX'; readonly preference: number; readonly exchange: string }
  /** The whole text; on the wire it is cut into strings of up to 255 bytes (RFC 1035, 3.3.14). */
  | { readonly type: 'TXT'; readonly text: string }
  | {
      readonly type: 'SRV';
      readonly priority: number;
      readonly weight: number;
      readonly port: number;
      readonly target: string;
    };

/** `name`: full, small letters, ASCII, without the final dot. `ttl` in seconds. */
export type DnsRecord = Data & { readonly name: string; readonly ttl: number };

/** A DNS name as we keep it: small letters, without the final dot. */
export function canonicalName(name: string): string {
  return name.trim().toLowerCase().replace(/\.$/, '');
}
