import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Exchange, ExchangeRecorder } from '../ExchangeRecorder.ts';
import type { FaultPlan, PlannedFault } from '../FaultPlan.ts';
import type { Settings } from '../settings.ts';
import type { AccessTokens } from '../sign-in/AccessTokens.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import { beginAudit } from './audit-logs/beginAudit.ts';
import { type Authenticated, authenticate } from './authenticate.ts';
import { authorize } from './authorization/authorize.ts';
import { getRequiredPermissions, type RequiredPermissions } from './authorization/permissionTable.ts';
import type { Caller } from './Caller.ts';
import { withRootAsItem } from './drives/drivePaths.ts';
import { refusal } from './errors.ts';
import type { GraphAnswer, GraphCall, GraphOperation } from './GraphCall.ts';
import { GraphError } from './GraphError.ts';
import { notImplemented } from './notImplemented.ts';
import { readQuery } from './odata/readQuery.ts';
import { operations } from './operations.ts';
import { Router } from './Router.ts';
import { settleDue } from './settleDue.ts';
import { withSitePath } from './sites/operations.ts';
import { splitPath } from './splitPath.ts';
import { FilesThrottle } from './throttling/FilesThrottle.ts';
import { resourceUnits, Throttle } from './throttling/Throttle.ts';

/** A request to Graph, whether it came by itself or in a batch. */
export interface GraphRequest {
  readonly method: string;
  /** Below `/v1.0`, with the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Gives the parsed body; throws when it is not JSON. */
  readonly body: () => unknown;
  /** Gives the body as it came, for operations that take contents of files. */
  readonly bytes: () => Buffer;
  readonly root: string;
}

/** An answer with everything the request log and the sender of the answer need. */
export interface GraphResult {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly requestId: string;
  readonly units: number;
  readonly caller: Caller | undefined;
}

/** Filled in while a request is worked on, for its answer's headers and for the request log. */
export interface Spent {
  units: number;
  headers: Readonly<Record<string, string>>;
  caller: Caller | undefined;
}

export interface GraphServices {
  readonly world: World;
  readonly tokens: AccessTokens;
  readonly faults: FaultPlan;
  readonly recorder: ExchangeRecorder | undefined;
  settings(): Settings;
}

const PLAIN = { 'cache-control': 'no-cache', 'strict-transport-security': 'max-age=31536000', vary: 'Accept-Encoding' };
/** What everything costs that shows permissions of files. */
const PERMISSION_UNITS = 5;
/** Longest path and query; by itself no request can be longer, an item of a batch could. */
const MAXIMUM_URL = 16 * 1024;
const DIAGNOSTIC = JSON.stringify({
  ServerInfo: { DataCenter: 'Loopback', Slice: 'E', Ring: '4', ScaleUnit: '001', RoleInstance: 'EMULATOR' },
});

/** Microsoft Graph v1.0: finds the operation, checks the caller's rights and budget, carries it out. */
export class GraphService {
  readonly #services: GraphServices;
  readonly #router = new Router([...operations, ...notImplemented]);
  readonly #required = new Map<GraphOperation, RequiredPermissions>();
  readonly #throttle: Throttle;
  /** Limits of SharePoint, which its other interface draws on as well. */
  readonly filesThrottle: FilesThrottle;
  readonly #inProgress = new Set<string>();

  constructor(services: GraphServices) {
    this.#services = services;
    this.#throttle = new Throttle(services.world.clock, services.settings);
    this.filesThrottle = new FilesThrottle(services.world.clock, services.settings);
    for (const operation of operations) {
      this.#required.set(operation, getRequiredPermissions(operation.method, operation.path));
    }
  }

  /** Starts all budgets anew. */
  clearThrottling(): void {
    this.#throttle.clear();
    this.filesThrottle.clear();
  }

  authenticate(request: GraphRequest): Promise<Authenticated> {
    const { world, tokens, settings } = this.#services;
    return authenticate({ world, tokens, settings: settings() }, request.headers['authorization']);
  }

  /** The answer to a request; `authenticated` is given for the items of a batch. */
  answer(request: GraphRequest, authenticated?: Authenticated): Promise<GraphResult> {
    return this.respond(request, async (spent) => {
      const { caller, tenant } = authenticated ?? (await this.authenticate(request));
      spent.caller = caller;
      return this.#carryOut(request, caller, tenant, spent);
    });
  }

  /** Puts an answer into Graph's form. It never throws a refusal: those are answers as well. */
  async respond(request: GraphRequest, produce: (spent: Spent) => Promise<GraphAnswer>): Promise<GraphResult> {
    const result = await this.#form(request, produce);
    this.#services.recorder?.record(exchangeOf(request, result));
    return result;
  }

  async #form(request: GraphRequest, produce: (spent: Spent) => Promise<GraphAnswer>): Promise<GraphResult> {
    const requestId = randomUUID();
    const clientRequestId = request.headers['client-request-id'] ?? requestId;
    const headers: Record<string, string> = {
      ...PLAIN,
      'request-id': requestId,
      'client-request-id': clientRequestId,
      'x-ms-ags-diagnostic': DIAGNOSTIC,
    };
    const spent: Spent = { units: 0, headers: {}, caller: undefined };
    try {
      const answer = await produce(spent);
      if (answer.body !== undefined) headers['odata-version'] = '4.0';
      Object.assign(headers, spent.headers, answer.headers);
      const { units, caller } = spent;
      return { status: answer.status, headers, body: answer.body, requestId, units, caller };
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const body = error.body({ requestId, clientRequestId, now: this.#services.world.clock.now() });
      const all = { ...headers, ...spent.headers, ...error.headers };
      return { ...spent, status: error.status, headers: all, body, requestId };
    }
  }

  async #carryOut(request: GraphRequest, caller: Caller, tenant: Tenant, spent: Spent): Promise<GraphAnswer> {
    const { world, settings } = this.#services;
    if (request.path.length > MAXIMUM_URL) throw refusal('uriTooLong');
    const [path = '', queryText = ''] = splitOnce(request.path);
    const segments = withRootAsItem(withSitePath(withoutMe(splitPath(path), caller)));
    const { operation, params } = this.#router.match(request.method, segments);
    const query = readQuery(queryText);
    this.#spend(operation, query, { caller, tenant }, spent);
    const { method, headers, root } = request;
    const target = { method, params, query, path: request.path, root, headers, caller, tenant, world };
    const unauthorized: GraphCall = { ...target, settings: settings(), body: undefined };
    settleDue(world, tenant);
    const required = this.#required.get(operation);
    if (required !== undefined) authorize(unauthorized, operation, required);
    const body = operation.takesBytes === true ? request.bytes() : request.body();
    const call: GraphCall = body === undefined ? unauthorized : { ...unauthorized, body };
    const finishAudit = beginAudit(call, operation);
    const key = operation.exclusive?.(call);
    if (key !== undefined) return this.#exclusively(key, () => carryOut(call, operation, finishAudit));
    return carryOut(call, operation, finishAudit);
  }

  /** Takes what the operation costs from the budgets of the service that carries it out. */
  #spend(operation: GraphOperation, query: URLSearchParams, { caller, tenant }: Authenticated, spent: Spent): void {
    if (operation.service === 'files') {
      const expandsPermissions = query.get('$expand')?.includes('permissions') === true;
      spent.units = expandsPermissions ? PERMISSION_UNITS : (operation.cost ?? 1);
      const consumption = { caller, tenant, units: spent.units, isSharing: operation.isSharing === true };
      spent.headers = this.filesThrottle.consume(consumption);
      return;
    }
    const units = resourceUnits(operation.cost ?? 1, query);
    const isWrite = operation.method !== 'GET';
    const { service, path } = operation;
    const warning = this.#throttle.consume({ appId: caller.appId, tenant, units, isWrite, service, path });
    spent.units = units;
    spent.headers = { ...(service === undefined ? { 'x-ms-resource-unit': String(units) } : {}), ...warning };
  }

  /** Refuses a write while another one with the same key is under way. */
  async #exclusively(key: string, handle: () => GraphAnswer | Promise<GraphAnswer>): Promise<GraphAnswer> {
    if (this.#inProgress.has(key)) throw refusal('concurrency');
    this.#inProgress.add(key);
    try {
      const answer = await handle();
      await wait(this.#services.settings().exclusiveWriteMs);
      return answer;
    } finally {
      this.#inProgress.delete(key);
    }
  }

  /** Plays a fault on an item of a batch, whose path is the one below `/v1.0` with its query. */
  async faultFor(method: string, path: string): Promise<PlannedFault | undefined> {
    if (this.#services.faults.isEmpty) return undefined;
    const fault = this.#services.faults.take(method, `/v1.0${splitOnce(path)[0]}`);
    if (fault?.delayMs !== undefined) await wait(fault.delayMs);
    return fault;
  }
}

/** The operation and the log's entry of it, which are one write to the disk where nothing has to be waited for. */
function carryOut(
  call: GraphCall,
  operation: GraphOperation,
  finishAudit: ((answer: GraphAnswer) => void) | undefined,
): GraphAnswer | Promise<GraphAnswer> {
  if (finishAudit === undefined) return operation.handle(call);
  return call.world.writeOnce(() => {
    const answer = operation.handle(call);
    if (answer instanceof Promise) return finishLater(answer, finishAudit);
    finishAudit(answer);
    return answer;
  });
}

async function finishLater(answer: Promise<GraphAnswer>, finish: (answer: GraphAnswer) => void): Promise<GraphAnswer> {
  const given = await answer;
  finish(given);
  return given;
}

function exchangeOf(request: GraphRequest, { status, body }: GraphResult): Exchange {
  const { method, path, headers } = request;
  // The content of a file may be called JSON as well.
  const isFile = /\/content(\?|$)/.test(path);
  const isJson = !isFile && headers['content-type']?.includes('json') === true;
  return {
    method,
    path,
    status,
    ...(isJson && status < 400 ? { requestBody: request.body() } : {}),
    ...(typeof body === 'object' && !Buffer.isBuffer(body) ? { responseBody: body } : {}),
  };
}

function splitOnce(path: string): [string, string] {
  const mark = path.indexOf('?');
  return mark < 0 ? [path, ''] : [path.slice(0, mark), path.slice(mark + 1)];
}

/** `/me` is the signed-in user. */
function withoutMe(segments: readonly string[], caller: Caller): readonly string[] {
  if (segments[0] !== 'me') return segments;
  if (caller.kind !== 'user') throw refusal('meWithoutUser');
  return ['users', caller.objectId, ...segments.slice(1)];
}
