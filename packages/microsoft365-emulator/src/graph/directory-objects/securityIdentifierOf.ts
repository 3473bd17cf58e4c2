import { createHash } from 'node:crypto';

/** The security identifier that the directory gives an object, always the same for the same id. */
export function securityIdentifierOf(id: string): string {
  const bytes = createHash('md5').update(id).digest();
  return `S-1-12-1-${[0, 4, 8, 12].map((offset) => bytes.readUInt32LE(offset)).join('-')}`;
}
