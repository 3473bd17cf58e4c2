import type { FastifyRequest } from 'fastify';

/** The origin under which the caller reached the emulator; links in answers start with it. */
export function originOf(request: FastifyRequest): string {
  return `https://${request.headers.host ?? 'localhost'}`;
}
