import type { UserFile } from '@isthmus/contracts';

export interface DecodedFile {
  readonly encoding: UserFile['encoding'];
  readonly text: string;
}

/** Of Western text in UTF-16 every second byte is zero. */
const ZEROS_OF_UTF16 = 0.25;
const LOOKED_AT = 4000;

function guessUtf16(bytes: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, LOOKED_AT);
  const zeros = (odd: 0 | 1): number => start.filter((byte, index) => byte === 0 && index % 2 === odd).length;
  if (zeros(1) > start.length * ZEROS_OF_UTF16) return 'utf-16le';
  return zeros(0) > start.length * ZEROS_OF_UTF16 ? 'utf-16be' : undefined;
}

/**
 * The text of a file as spreadsheets write them: UTF-8, UTF-16 with or without its mark, and where it is none of these
 * the code page of Western Windows, in which every byte is a letter.
 */
export function decodeUserFile(bytes: Buffer): DecodedFile {
  const wide = guessUtf16(bytes);
  // The decoder takes the mark at the beginning off.
  if (wide !== undefined) return { encoding: wide, text: new TextDecoder(wide).decode(bytes) };
  try {
    return { encoding: 'utf-8', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { encoding: 'windows-1252', text: new TextDecoder('windows-1252').decode(bytes) };
  }
}
