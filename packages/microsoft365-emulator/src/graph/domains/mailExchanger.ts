import { createHash } from 'node:crypto';
import type { Settings } from '../../settings.ts';
import type { DomainRecord } from '../../store/records.ts';

// Message center MC1048624: domains that are added from July 2026 on get exchangers below mx.microsoft.
const NEW_STYLE_FROM = '2026-07-01';

/** The host that takes mail for a domain. The exact form of new hosts is a guess; clients must read it from the records. */
export function mailExchanger({ id, createdDateTime }: DomainRecord, style: Settings['mailExchangerStyle']): string {
  const name = id.replaceAll('.', '-');
  const isNew = style === 'new' || (style === 'byDate' && createdDateTime >= NEW_STYLE_FROM);
  return isNew ? `${name}.${letterOf(id)}-v1.mx.microsoft` : `${name}.mail.protection.outlook.com`;
}

/** A letter that Microsoft assigns to a domain; here always the same for the same name. */
function letterOf(id: string): string {
  const [byte = 0] = createHash('sha256').update(id).digest();
  return String.fromCharCode('a'.charCodeAt(0) + (byte % 26));
}
