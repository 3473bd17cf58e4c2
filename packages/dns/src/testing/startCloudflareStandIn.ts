import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

interface StoredRecord {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly ttl: number;
  readonly content?: string;
  readonly priority?: number;
  readonly data?: object;
}

/**
 * The few calls of Cloudflare's API that we use, as its API reference describes them: zones by name, records by name,
 * a batch that is carried out as a whole, removals first.
 */
export async function startCloudflareStandIn(choice: { readonly zone: string; readonly token: string }) {
  let records: StoredRecord[] = [];
  const state = { permissions: ['#dns_records:read', '#dns_records:edit'], failing: false };
  const zones = (url: URL) =>
    url.searchParams.get('name') === choice.zone
      ? [{ id: 'zone1', name: choice.zone, permissions: state.permissions }]
      : [];

  function batch(body: { deletes?: { id: string }[]; posts?: Omit<StoredRecord, 'id'>[] }): void {
    const gone = (body.deletes ?? []).map(({ id }) => id);
    const kept = records.filter(({ id }) => !gone.includes(id));
    const fresh = (body.posts ?? []).map((record) => ({ ...record, id: randomUUID() }));
    const isBlocked = fresh.some((one) =>
      [...kept, ...fresh].some((other) => one !== other && one.name === other.name && one.type === 'CNAME'),
    );
    if (isBlocked) throw new Error('A CNAME record with that host already exists.');
    records = [...kept, ...fresh];
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const send = (status: number, result: unknown, message?: string): void => {
      const errors = message === undefined ? [] : [{ code: 9000 + status, message }];
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(
        JSON.stringify({
          success: status < 400,
          errors,
          messages: [],
          result,
          result_info: { page: 1, per_page: 100 },
        }),
      );
    };
    const url = new URL(request.url ?? '', 'http://localhost');
    if (request.headers.authorization !== `Bearer ${choice.token}`) return send(401, null, 'Invalid API token');
    if (state.failing) return send(500, null, 'Internal error');
    if (url.pathname === '/zones') return send(200, zones(url));
    const name = url.searchParams.get('name.exact');
    if (request.method === 'GET')
      return send(
        200,
        records.filter((record) => record.name === name),
      );
    try {
      batch(JSON.parse(await text(request)));
      send(200, {});
    } catch (error) {
      send(400, null, (error as Error).message);
    }
  }

  const server = createServer((request, response) => void answer(request, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('No port was given');
  return {
    baseUrl: `http://127.0.0.1:${address.port}`,
    state,
    stop: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
