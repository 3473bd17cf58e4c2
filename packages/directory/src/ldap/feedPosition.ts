import { z } from 'zod';

/** Where the change feed stands; opaque to everybody else. */
export interface FeedPosition {
  /** Domain controller that the cookie belongs to. */
  readonly dc: string;
  /** Identity of its database, which changes when it is restored properly; empty where it may not be read. */
  readonly invocation: string;
  /** Its position then: a controller restored from an older backup shows a lower one. */
  readonly usn: string;
  /** DirSync flags that the cookie was made with. */
  readonly flags: number;
  readonly cookie: Buffer;
}

const schema = z.object({
  version: z.literal(1),
  dc: z.string().min(1),
  invocation: z.string().default(''),
  usn: z.string().regex(/^\d+$/),
  flags: z.number().int(),
  cookie: z.base64(),
});

export function formatPosition(position: FeedPosition): string {
  const value = { version: 1, ...position, cookie: position.cookie.toString('base64') };
  return Buffer.from(JSON.stringify(value)).toString('base64');
}

/** Undefined for a position of another version or one that is damaged: the feed then starts over. */
export function parsePosition(text: string): FeedPosition | undefined {
  try {
    const value = schema.parse(JSON.parse(Buffer.from(text, 'base64').toString('utf8')));
    return { ...value, cookie: Buffer.from(value.cookie, 'base64') };
  } catch {
    return undefined;
  }
}
