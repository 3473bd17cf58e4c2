import { type BerReader, BerWriter, Control } from 'ldapts';

const OCTET_STRING = 4;

/** Without it the account needs the right "Replicating Directory Changes"; with it, it gets what it may read. */
export const OBJECT_SECURITY = 1;
/** Of multi-valued links, only the added (`member;range=1-1`) and removed (`member;range=0-0`) values. */
export const INCREMENTAL_VALUES = -0x8000_0000;

/**
 * The DirSync control (MS-ADTS 3.1.1.3.4.1.3). The library parses the answer into the request's own object, so
 * after a search `cookie` and `more` are those of the answer.
 */
export class DirSyncControl extends Control {
  readonly flags: number;
  cookie: Buffer;
  more = false;

  constructor(flags: number, cookie: Buffer = Buffer.alloc(0)) {
    super('1.2.840.113556.1.4.841', { critical: true });
    this.flags = flags;
    this.cookie = cookie;
  }

  protected override writeControl(writer: BerWriter): void {
    const value = new BerWriter();
    value.startSequence();
    value.writeInt(this.flags);
    value.writeInt(0);
    value.writeBuffer(this.cookie, OCTET_STRING);
    value.endSequence();
    writer.writeBuffer(value.buffer, OCTET_STRING);
  }

  protected override parseControl(reader: BerReader): void {
    if (reader.readSequence() === null) return;
    this.more = (reader.readInt() ?? 0) !== 0;
    reader.readInt();
    // A copy: the library hands out a view into its receive buffer.
    this.cookie = Buffer.from(reader.readString(OCTET_STRING, true) ?? Buffer.alloc(0));
  }
}
