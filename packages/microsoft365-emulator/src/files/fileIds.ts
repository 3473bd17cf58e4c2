import { createHash } from 'node:crypto';
import type { ItemRecord, ListRecord, SiteRecord } from '../store/filesRecords.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const ITEM_ID = /^01[A-Z2-7]{32}$/i;

/** The id of a library as a drive: the ids of its site collection, web and list in one. */
export function driveIdOf(site: SiteRecord, list: ListRecord): string {
  const bytes = Buffer.concat([site.id, site.webId, list.id].map(guidBytes));
  return `b!${bytes.toString('base64url')}`;
}

/** Id of the list that a drive id stands for. */
export function listIdOfDrive(driveId: string): string | undefined {
  const bytes = Buffer.from(driveId.slice(2), 'base64url');
  return driveId.startsWith('b!') && bytes.length === 48 ? guidText(bytes.subarray(32)) : undefined;
}

/** The id of an item in its drive: a mark of the drive and the item's unique id in base 32. */
export function driveItemIdOf(item: Pick<ItemRecord, 'id' | 'listId'>): string {
  const mark = createHash('sha256').update(item.listId).digest().subarray(0, 4);
  return `01${base32(Buffer.concat([mark, guidBytes(item.id)]))}`;
}

/** The unique id that an item's id in its drive stands for. */
export function itemIdOfDriveItem(id: string): string | undefined {
  if (!ITEM_ID.test(id)) return undefined;
  return guidText(fromBase32(id.slice(2).toUpperCase()).subarray(4));
}

function guidBytes(guid: string): Buffer {
  const bytes = Buffer.from(guid.replaceAll('-', ''), 'hex');
  // The first three groups are little-endian, as Microsoft's systems write identifiers in binary.
  return Buffer.concat([
    bytes.subarray(0, 4).reverse(),
    bytes.subarray(4, 6).reverse(),
    bytes.subarray(6, 8).reverse(),
    bytes.subarray(8),
  ]);
}

function guidText(bytes: Buffer): string {
  const hex = guidBytes(bytes.toString('hex')).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function base32(bytes: Buffer): string {
  let bits = '';
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0');
  return (bits.match(/.{5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five, 2)]).join('');
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((eight) => Number.parseInt(eight, 2)));
}
