declare const brand: unique symbol;
/** A string or number that only a parser of its own kind can make. */
export type Branded<T, Name extends string> = T & { readonly [brand]: Name };

/** `objectGUID` of a user account, as lower-case GUID text. */
export type UserId = Branded<string, 'UserId'>;
/** Entra object id of an online account, as lower-case GUID text. */
export type OnlineAccountId = Branded<string, 'OnlineAccountId'>;

const GUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function guid(text: string, what: string): string {
  const lower = text.toLowerCase();
  if (!GUID.test(lower)) throw new TypeError(`Not the id of ${what}: ${JSON.stringify(text)}`);
  return lower;
}

/** @throws TypeError when the text is not a GUID */
export function parseUserId(text: string): UserId {
  return guid(text, 'a user account') as UserId;
}

/** @throws TypeError when the text is not a GUID */
export function parseOnlineAccountId(text: string): OnlineAccountId {
  return guid(text, 'an online account') as OnlineAccountId;
}

/**
 * GUID text of the 16 bytes that Active Directory stores: the first three groups are little-endian
 * (MS-DTYP 2.3.4.2).
 */
export function guidFromBytes(bytes: Uint8Array): string {
  if (bytes.length !== 16) throw new TypeError(`A GUID has 16 bytes, not ${bytes.length}`);
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  const hex = order.map((index) => (bytes[index] ?? 0).toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The reverse of {@link guidFromBytes}. */
export function bytesFromGuid(text: string): Uint8Array {
  const hex = guid(text, 'an object').replaceAll('-', '');
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Uint8Array.from(order, (index) => Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16));
}
