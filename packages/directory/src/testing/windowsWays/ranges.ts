import { octets, readAll, SET, sequence, type Tlv, textOf } from './ldapMessage.ts';

/** Which values of an attribute were asked for: `member;range=1500-*` (MS-ADTS 3.1.1.3.1.3.3). */
export type Ranges = ReadonlyMap<string, { readonly start: number; readonly end: number }>;

const RANGE = /^(.+);range=(\d+)-(\d+|\*)$/i;
/** Made up at every reading, and never cut. */
const CONSTRUCTED = new Set(['tokengroups']);

/** Takes the ranges off the names, as the controller is asked for all values. */
export function splitRanges(names: readonly string[]): { readonly names: readonly string[]; readonly ranges: Ranges } {
  const ranges = new Map<string, { start: number; end: number }>();
  const plain = names.map((name) => {
    const [, attribute, start, end] = RANGE.exec(name) ?? [];
    if (attribute === undefined) return name;
    ranges.set(attribute.toLowerCase(), {
      start: Number(start),
      end: end === '*' ? Number.MAX_SAFE_INTEGER : Number(end),
    });
    return attribute;
  });
  return { names: plain, ranges };
}

/** Hands out at most `limit` values of each attribute; where there are more, the name says which these are. */
export function cutValues(entry: Tlv, limit: number, ranges: Ranges): { readonly entry: Tlv; readonly cut: boolean } {
  const [dn, list] = readAll(entry.value);
  if (dn === undefined || list === undefined) return { entry, cut: false };
  let cut = false;
  const attributes = readAll(list.value).flatMap((attribute) => {
    const [type, set] = readAll(attribute.value);
    const name = textOf(type);
    const values = readAll(set?.value ?? Buffer.alloc(0));
    const range = ranges.get(name.toLowerCase());
    if (CONSTRUCTED.has(name.toLowerCase()) || (range === undefined && values.length <= limit)) return [attribute];
    cut = true;
    const start = range?.start ?? 0;
    const end = Math.min(range?.end ?? Infinity, start + limit - 1);
    const label = `${name};range=${start}-${end >= values.length - 1 ? '*' : end}`;
    // The plain name stands there too, without values.
    const plain = range === undefined ? [sequence([octets(name), sequence([], SET)])] : [];
    return [...plain, sequence([octets(label), sequence(values.slice(start, end + 1), SET)])];
  });
  return { entry: sequence([dn, sequence(attributes)], entry.tag), cut };
}
