import { createHash, pbkdf2Sync, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import type { PasswordRecord } from './store/records.ts';

// Few rounds on purpose: a thousand accounts must not take minutes to create, and these passwords guard nothing real.
const ROUNDS = 100;

function derive(password: string, salt: string): Buffer {
  return pbkdf2Sync(password, salt, ROUNDS, 32, 'sha256');
}

export function hashPassword(password: string, mustChange: boolean): PasswordRecord {
  const salt = randomBytes(16).toString('base64url');
  return { salt, hash: derive(password, salt).toString('base64url'), mustChange };
}

export function isPassword(record: PasswordRecord, password: string): boolean {
  return timingSafeEqual(derive(password, record.salt), Buffer.from(record.hash, 'base64url'));
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

const GROUPS = ['abcdefghijkmnopqrstuvwxyz', 'ABCDEFGHJKLMNPQRSTUVWXYZ', '23456789', '-_.~!#'] as const;

/** A password that satisfies every complexity rule and has no look-alike characters. */
export function makePassword(length = 20): string {
  const all = GROUPS.join('');
  const picked = GROUPS.map((group) => group[randomInt(group.length)] ?? '');
  while (picked.length < length) picked.push(all[randomInt(all.length)] ?? '');
  for (let i = picked.length - 1; i > 0; i -= 1) {
    const j = randomInt(i + 1);
    [picked[i], picked[j]] = [picked[j] ?? '', picked[i] ?? ''];
  }
  return picked.join('');
}

/** A secret of the shape of an Entra client secret: 40 characters with `~` and `8Q` in it. */
export function makeClientSecret(): string {
  return `${randomBytes(2).toString('hex').slice(0, 3)}8Q~${randomBytes(32).toString('base64url').slice(0, 34)}`;
}
