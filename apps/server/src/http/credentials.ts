import '@fastify/cookie';
import { DomainError } from '@isthmus/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** `__Host-`: only this host, only over TLS, for every path; the browser enforces it. */
const SESSION_COOKIE = '__Host-isthmus';
const CLIENT_HEADER = 'x-isthmus-client';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export interface Credentials {
  readonly token: string | undefined;
  readonly kind: 'cookie' | 'bearer' | 'none';
}

export function credentialsOf(request: FastifyRequest): Credentials {
  const bearer = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (bearer !== undefined) return { token: bearer, kind: 'bearer' };
  const cookie = request.cookies[SESSION_COOKIE];
  return cookie === undefined ? { token: undefined, kind: 'none' } : { token: cookie, kind: 'cookie' };
}

export function setSessionCookie(reply: FastifyReply, token: string | null, expiresAt?: Date): void {
  const attributes = { path: '/', secure: true, httpOnly: true, sameSite: 'strict' } as const;
  if (token === null) reply.clearCookie(SESSION_COOKIE, attributes);
  else reply.setCookie(SESSION_COOKIE, token, { ...attributes, ...(expiresAt ? { expires: expiresAt } : {}) });
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/**
 * A browser sends the cookie by itself, so a change must prove that our own page asked for it: by a header that other
 * sites cannot add, and by the origin that browsers add. A bearer token is never sent by itself.
 *
 * @throws DomainError `http.cross-site-refused`
 */
export function refuseCrossSite(request: FastifyRequest, credentials: Credentials): void {
  if (SAFE_METHODS.has(request.method) || credentials.kind === 'bearer') return;
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const sameOrigin = origin === undefined || hostOf(origin) === host;
  const sameSite = site === undefined || site === 'same-origin' || site === 'none';
  if (request.headers[CLIENT_HEADER] !== undefined && sameOrigin && sameSite) return;
  throw new DomainError({
    code: 'http.cross-site-refused',
    message: 'This change was not asked for by the dashboard.',
    remedy: `Use the dashboard, or send the header ${CLIENT_HEADER} from a program.`,
  });
}
