import type { Secret } from '@isthmus/kernel';
import { z } from 'zod';

const claims = z.object({
  /** Application permissions. */
  roles: z.array(z.string()).default([]),
  /** Template ids of directory roles. */
  wids: z.array(z.string()).default([]),
});

export type Claims = z.infer<typeof claims>;

/** What an access token says about its holder; nothing when it is not readable, which Microsoft reserves the right to. */
export function readClaims(token: Secret): Claims {
  try {
    const payload = Buffer.from(token.reveal().split('.')[1] ?? '', 'base64url').toString('utf8');
    return claims.parse(JSON.parse(payload));
  } catch {
    return { roles: [], wids: [] };
  }
}
