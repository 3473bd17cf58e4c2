import { randomBytes } from 'node:crypto';
import { makeTsigKey, type TsigAlgorithm, type TsigKey } from '../providers/TsigKey.ts';

export function makeTestKey(name = 'isthmus.test', algorithm: TsigAlgorithm = 'hmac-sha256'): TsigKey {
  return makeTsigKey(name, algorithm, randomBytes(32).toString('base64'));
}
