import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import { DomainError } from '@isthmus/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const IMMUTABLE = 'public, max-age=31536000, immutable';
const NOT_BUILT = `<!doctype html><html lang="en"><title>Isthmus</title><body><h1>The dashboard is not built</h1>
  <p>The API works; see <a href="/api/docs">its description</a>. Build the dashboard with
  <code>npm run build -w @isthmus/dashboard</code>.</p></body></html>`;

function notFound(): DomainError {
  return new DomainError({
    code: 'http.not-found',
    message: 'There is nothing at this address.',
    remedy: 'Compare the address with the API description at /api/docs.',
  });
}

function wantsPage(request: FastifyRequest): boolean {
  const isPage = request.method === 'GET' && !request.url.startsWith('/api/');
  return isPage && (request.headers.accept ?? '').includes('text/html');
}

/** Serves the built dashboard; every unknown address that a browser opens is a page of its own router. */
export async function registerDashboardFiles(server: FastifyInstance, folder: string): Promise<void> {
  const isBuilt = existsSync(join(folder, 'index.html'));
  if (isBuilt) {
    await server.register(fastifyStatic, {
      root: folder,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (response, path) => {
        // Names below assets/ carry a hash of their content; everything else must be asked for each time.
        response.header('cache-control', path.includes('/assets/') ? IMMUTABLE : 'no-cache');
      },
    });
  }
  server.setNotFoundHandler(async (request: FastifyRequest, reply: FastifyReply) => {
    if (!wantsPage(request)) throw notFound();
    if (!isBuilt) return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);
    return reply.sendFile('index.html');
  });
}
