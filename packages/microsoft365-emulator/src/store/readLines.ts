import { closeSync, existsSync, openSync, readSync } from 'node:fs';

const CHUNK = 1024 * 1024;
const LINE_FEED = 0x0a;

export interface Line {
  readonly text: string;
  /** Where the line ends in the file, its line feed included. */
  readonly end: number;
}

/** Lines of a file of any size, one after the other; what stands behind the last line feed is not a line. */
export function* readLines(path: string): Generator<Line> {
  if (!existsSync(path)) return;
  const file = openSync(path, 'r');
  try {
    let kept: Buffer = Buffer.alloc(0);
    let end = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(CHUNK);
      const length = readSync(file, chunk, 0, CHUNK, null);
      if (length === 0) return;
      const bytes = kept.length === 0 ? chunk.subarray(0, length) : Buffer.concat([kept, chunk.subarray(0, length)]);
      let start = 0;
      for (let feed = bytes.indexOf(LINE_FEED); feed >= 0; feed = bytes.indexOf(LINE_FEED, start)) {
        end += feed + 1 - start;
        yield { text: bytes.toString('utf8', start, feed), end };
        start = feed + 1;
      }
      kept = bytes.subarray(start);
    }
  } finally {
    closeSync(file);
  }
}
