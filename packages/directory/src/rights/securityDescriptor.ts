import { guidFromBytes } from '@isthmus/kernel';
import { sidText } from './sid.ts';

/** One "allow" entry of an access list. */
export interface AllowEntry {
  readonly mask: number;
  /** For the objects below, not only for this one. */
  readonly inheritable: boolean;
  /** Attribute, set of attributes or extended right that it is limited to. */
  readonly objectType: string | undefined;
  /** Class of the objects below that it is limited to. */
  readonly inheritedObjectType: string | undefined;
  readonly sid: string;
}

export const WRITE_PROPERTY = 0x20;

const DACL_OFFSET_FIELD = 16;
const ALLOWED = 0x00;
const ALLOWED_OBJECT = 0x05;
const CONTAINER_INHERIT = 0x02;
const OBJECT_TYPE_PRESENT = 0x1;
const INHERITED_OBJECT_TYPE_PRESENT = 0x2;
const GUID_LENGTH = 16;

function parseEntry(ace: Buffer): AllowEntry | undefined {
  const type = ace.readUInt8(0);
  if (type !== ALLOWED && type !== ALLOWED_OBJECT) return undefined;
  let offset = 8;
  const flags = type === ALLOWED_OBJECT ? ace.readUInt32LE(offset) : 0;
  if (type === ALLOWED_OBJECT) offset += 4;
  const guid = (present: number): string | undefined => {
    if ((flags & present) === 0) return undefined;
    offset += GUID_LENGTH;
    return guidFromBytes(ace.subarray(offset - GUID_LENGTH, offset));
  };
  const objectType = guid(OBJECT_TYPE_PRESENT);
  const inheritedObjectType = guid(INHERITED_OBJECT_TYPE_PRESENT);
  return {
    mask: ace.readUInt32LE(4),
    inheritable: (ace.readUInt8(1) & CONTAINER_INHERIT) !== 0,
    objectType,
    inheritedObjectType,
    sid: sidText(ace.subarray(offset)),
  };
}

/** The "allow" entries of the access list in a self-relative security descriptor (MS-DTYP 2.4.6). */
export function parseAllowEntries(descriptor: Buffer): readonly AllowEntry[] {
  const start = descriptor.readUInt32LE(DACL_OFFSET_FIELD);
  if (start === 0) return [];
  const count = descriptor.readUInt16LE(start + 4);
  const entries: AllowEntry[] = [];
  let offset = start + 8;
  for (let index = 0; index < count; index += 1) {
    const size = descriptor.readUInt16LE(offset + 2);
    const entry = parseEntry(descriptor.subarray(offset, offset + size));
    if (entry !== undefined) entries.push(entry);
    offset += size;
  }
  return entries;
}
