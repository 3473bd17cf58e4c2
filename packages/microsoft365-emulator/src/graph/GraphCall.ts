import type { Settings } from '../settings.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import type { Caller } from './Caller.ts';
import type { LimitedService } from './throttling/serviceLimits.ts';

/** One operation being asked for, by a request of its own or as an item of a batch. */
export interface GraphCall {
  readonly method: string;
  /** Values of the `{name}` parts of the operation's path. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** The parsed body, `undefined` without one. */
  readonly body: unknown;
  readonly caller: Caller;
  readonly tenant: Tenant;
  readonly world: World;
  readonly settings: Settings;
  /** `https://host/v1.0`, what links start with. */
  readonly root: string;
  /** Path and query as they were asked for, for links to further pages. */
  readonly path: string;
}

export interface GraphAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An operation of Microsoft Graph. */
export interface GraphOperation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** For example `/users/{id}/manager/$ref`. */
  readonly path: string;
  /** Resource units of the throttling rules; 1 unless said otherwise. */
  readonly cost?: number;
  /** Directory roles, one of which a signed-in user needs for this; none for what every member may do. */
  readonly roles?: readonly string[];
  /** Key of writes that may not overlap: the second of two at a time is refused. */
  readonly exclusive?: (call: GraphCall) => string | undefined;
  /** True for what an application may do with its own keys without any permission. */
  readonly isForOwnKeys?: boolean;
  /** True when the body is the content of a file and not JSON. */
  readonly takesBytes?: boolean;
  /** True for calls that share files with people, which have a limit of their own. */
  readonly isSharing?: boolean;
  /** The service behind Graph that carries this out, with refusals and limits of its own; the directory by default. */
  readonly service?: 'files' | LimitedService;
  handle(call: GraphCall): GraphAnswer | Promise<GraphAnswer>;
}

export function created(body: unknown, headers: Readonly<Record<string, string>> = {}): GraphAnswer {
  return { status: 201, body, headers };
}

export function ok(body: unknown): GraphAnswer {
  return { status: 200, body };
}

export const noContent: GraphAnswer = { status: 204 };

/** `Prefer`, `ConsistencyLevel` and other headers, by lower-case name. */
export function hasEventualConsistency(call: GraphCall): boolean {
  return call.headers['consistencylevel']?.toLowerCase() === 'eventual';
}
