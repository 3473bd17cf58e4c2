import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Channel, type HttpAnswer, type HttpRequest, NetworkFailure } from '../http/HttpChannel.ts';

/** What goes wrong with one request; `reset-after` happens when the work was done. */
export type Fault =
  | { readonly kind: 'reset-before' | 'reset-after' | 'refused-connection' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> };

interface Call {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly inBatch: boolean;
}

type FakeUser = Record<string, unknown> & {
  id: string;
  userPrincipalName: string;
  assignedLicenses: { skuId: string }[];
};
type Answer = { status: number; headers?: Readonly<Record<string, string>>; body?: unknown };

const batchBody = z.object({
  requests: z.array(z.object({ id: z.string(), method: z.string(), url: z.string(), body: z.unknown().optional() })),
});
const licenseBody = z.object({
  addLicenses: z.array(z.object({ skuId: z.string() })),
  removeLicenses: z.array(z.string()),
});

/** A few calls of Microsoft Graph in memory, with faults on demand: for tests of what we do when they happen. */
export class FakeGraph implements Channel {
  readonly users = new Map<string, FakeUser>();
  readonly calls: Call[] = [];
  readonly sent: HttpRequest[] = [];
  /** Asked for every request and every item of a batch. */
  fault: (call: Call) => Fault | undefined = () => undefined;
  /** Whether two accounts may not have the same address or anchor. */
  unique = true;
  seats = Number.POSITIVE_INFINITY;
  /** How many lists do not show an account yet. */
  listLag = 0;
  readonly #listsSince = new Map<string, number>();

  send(request: HttpRequest): Promise<HttpAnswer> {
    this.sent.push(request);
    const url = new URL(request.url);
    const body = request.body === undefined ? undefined : JSON.parse(request.body);
    const call = this.#call(request.method, url.pathname + url.search, body, false);
    const answer = this.#handle(call);
    const text = answer.body === undefined ? '' : JSON.stringify(answer.body);
    return Promise.resolve({ status: answer.status, headers: answer.headers ?? {}, text });
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #call(method: string, pathAndQuery: string, body: unknown, inBatch: boolean): Call {
    const url = new URL(pathAndQuery, 'https://graph.example');
    const path = decodeURIComponent(url.pathname.replace(/^\/v1\.0/, ''));
    return { method, path, query: url.searchParams, body, inBatch };
  }

  #handle(call: Call): Answer {
    this.calls.push(call);
    const fault = this.fault(call);
    if (fault?.kind === 'status') return { status: fault.status, ...(fault.headers ? { headers: fault.headers } : {}) };
    if (fault?.kind === 'refused-connection') throw new NetworkFailure('no', 'ECONNREFUSED', undefined);
    if (fault?.kind === 'reset-before') throw new NetworkFailure('perhaps', 'ECONNRESET', undefined);
    const answer = call.path === '/$batch' ? this.#batch(call) : this.#route(call);
    if (fault?.kind === 'reset-after') throw new NetworkFailure('perhaps', 'ECONNRESET', undefined);
    return answer;
  }

  #batch(call: Call): Answer {
    const { requests } = batchBody.parse(call.body);
    const responses = requests.map((item) => {
      const inner = this.#call(item.method, item.url, item.body, true);
      try {
        return { id: item.id, headers: {}, ...this.#handle(inner) };
      } catch {
        // Inside a batch a lost connection to the directory shows as a gateway error.
        return { id: item.id, status: 504, headers: {}, body: { error: { code: 'UnknownError', message: '' } } };
      }
    });
    return { status: 200, body: { responses: responses.toReversed() } };
  }

  #route(call: Call): Answer {
    if (call.path === '/users' && call.method === 'POST') return this.#create(call);
    if (call.path === '/users') return this.#list(call);
    const [, , key = '', action] = call.path.split('/');
    const user = this.users.get(key) ?? [...this.users.values()].find((one) => one.userPrincipalName === key);
    if (user === undefined) return refusal(404, 'Request_ResourceNotFound', `Resource '${key}' does not exist`);
    if (action === 'assignLicense') return this.#license(user, call);
    if (call.method === 'GET') return { status: 200, body: user };
    if (call.method === 'DELETE') this.users.delete(user.id);
    else Object.assign(user, call.body);
    return { status: 204 };
  }

  #create(call: Call): Answer {
    const wanted = z.looseObject({ userPrincipalName: z.string() }).parse(call.body);
    const taken = ['userPrincipalName', 'onPremisesImmutableId'].find((name) =>
      [...this.users.values()].some((user) => user[name] === wanted[name]),
    );
    if (this.unique && taken !== undefined) {
      const message = `Another object with the same value for property ${taken} already exists.`;
      return refusal(400, 'Request_BadRequest', message, [{ code: 'ObjectConflict', message, target: taken }]);
    }
    const user: FakeUser = { ...wanted, id: randomUUID(), assignedLicenses: [] };
    this.users.set(user.id, user);
    this.#listsSince.set(user.id, 0);
    return { status: 201, body: { id: user.id, userPrincipalName: user.userPrincipalName } };
  }

  #list(call: Call): Answer {
    const filter = call.query.get('$filter') ?? '';
    const [, property = 'id', values = ''] = /^(\w+) (?:eq|in) \(?(.*?)\)?$/.exec(filter) ?? [];
    const wanted = new Set([...values.matchAll(/'((?:[^']|'')*)'/g)].map(([, value]) => value?.replaceAll("''", "'")));
    const visible = [...this.users.values()].filter((user) => {
      const seen = this.#listsSince.get(user.id) ?? 0;
      this.#listsSince.set(user.id, seen + 1);
      return seen >= this.listLag;
    });
    return { status: 200, body: { value: visible.filter((user) => wanted.has(String(user[property]))) } };
  }

  #license(user: FakeUser, call: Call): Answer {
    const { addLicenses, removeLicenses } = licenseBody.parse(call.body);
    const has = new Set(user.assignedLicenses.map(({ skuId }) => skuId));
    if (removeLicenses.some((sku) => !has.has(sku)))
      return refusal(400, 'Request_BadRequest', 'User does not have a corresponding license.');
    const added = addLicenses.filter(({ skuId }) => !has.has(skuId));
    if (added.length > this.seats)
      return refusal(
        400,
        'Request_BadRequest',
        `Subscription with SKU ${added[0]?.skuId} does not have any available licenses.`,
      );
    this.seats -= added.length;
    user.assignedLicenses = [...user.assignedLicenses, ...added].filter(({ skuId }) => !removeLicenses.includes(skuId));
    return { status: 200, body: user };
  }
}

function refusal(status: number, code: string, message: string, details?: object[]): Answer {
  return { status, body: { error: { code, message, ...(details === undefined ? {} : { details }) } } };
}
