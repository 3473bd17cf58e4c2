import { canonicalName, type DnsRecord, type DnsRecordType } from '@isthmus/kernel';

const quoted = (text: string): string => `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
/** Bytes, of which a string of a zone file has 255 at most (RFC 1035, section 5.1). */
const LONGEST_STRING = 255;

function textStrings(text: string): string[] {
  const strings: string[] = [];
  let current = '';
  for (const letter of text) {
    if (Buffer.byteLength(current + letter) > LONGEST_STRING) {
      strings.push(current);
      current = '';
    }
    current += letter;
  }
  return [...strings, current];
}

/** The data of a record as a zone file has it, names with their final dot. */
export function zoneFileData(record: DnsRecord): string {
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return record.address;
    case 'CNAME':
      return `${record.target}.`;
    case 'MX':
      return `${record.preference} ${record.exchange}.`;
    case 'TXT':
      return textStrings(record.text).map(quoted).join(' ');
    case 'SRV':
      return `${record.priority} ${record.weight} ${record.port} ${record.target}.`;
  }
}

/** A text out of a zone file: quoted strings one after the other, or one without quotation marks. */
function readText(data: string): string {
  const strings = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inside = '']) => inside);
  const text = strings.length === 0 ? data : strings.join('');
  // Backslash and three digits is a byte of UTF-8 (RFC 1035, section 5.1).
  const bytes: Buffer[] = [];
  for (const [, byte, escaped, plain] of text.matchAll(/\\(\d{3})|\\(.)|([^\\]+)/gs)) {
    bytes.push(byte === undefined ? Buffer.from(escaped ?? plain ?? '') : Buffer.from([Number(byte) & 0xff]));
  }
  return Buffer.concat(bytes).toString('utf8');
}

/** Reads the data of a record; undefined when it is not what the type wants. */
export function readZoneFileData(name: string, type: DnsRecordType, ttl: number, data: string): DnsRecord | undefined {
  const base = { name: canonicalName(name), ttl };
  const fields = data.trim().split(/\s+/);
  const [first = '', second = '', third = '', fourth = ''] = fields;
  const numbers = [first, second, third].map(Number);
  switch (type) {
    case 'A':
    case 'AAAA':
      return { ...base, type, address: first.toLowerCase() };
    case 'CNAME':
      return { ...base, type, target: canonicalName(first) };
    case 'TXT':
      return { ...base, type, text: readText(data.trim()) };
    case 'MX':
      if (fields.length !== 2 || !Number.isInteger(numbers[0])) return undefined;
      return { ...base, type, preference: numbers[0] ?? 0, exchange: canonicalName(second) };
    case 'SRV': {
      const [priority = 0, weight = 0, port = 0] = numbers;
      if (fields.length !== 4 || !numbers.every(Number.isInteger)) return undefined;
      return { ...base, type, priority, weight, port, target: canonicalName(fourth) };
    }
  }
}
