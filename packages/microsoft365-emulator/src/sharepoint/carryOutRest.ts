import { levels } from '../files/roleDefinitions.ts';
import type { PathPart } from './parseResourcePath.ts';
import { type ActionResult, isResource, member, type Resource } from './Resource.ts';
import type { RestCall } from './RestCall.ts';
import { readRestBody } from './readRestBody.ts';
import { requireRestLevel } from './requireRestLevel.ts';
import { listsResource } from './resources/lists.ts';
import { contextInfo, siteResource, webResource } from './resources/web.ts';
import { SharePointError } from './SharePointError.ts';

/** What a call comes to: something to show, bytes, or nothing. */
export type RestOutcome =
  | { readonly kind: 'resource'; readonly resource: Resource; readonly status: number }
  | { readonly kind: 'value'; readonly name: string; readonly value: unknown }
  | { readonly kind: 'bytes'; readonly bytes: Buffer; readonly type: string }
  | { readonly kind: 'nothing' };

const nothing: RestOutcome = { kind: 'nothing' };

/** Follows the path and does there what the method says. */
export function carryOutRest(call: RestCall, parts: readonly PathPart[]): RestOutcome {
  const [first, ...rest] = parts;
  if (first === undefined) throw missing(call);
  if (first.name === 'contextinfo') return contextOutcome(call);
  const isContent = rest.at(-1)?.name === '$value';
  let resource = start(call, first);
  for (const [index, part] of (isContent ? rest.slice(0, -1) : rest).entries()) {
    const isLast = index === rest.length - 1;
    const action = member(resource.actions, part.name);
    const leads = member(resource.children, part.name) ?? member(resource.functions, part.name);
    if (action !== undefined && leads === undefined) {
      // PnP's CLI for Microsoft 365 recycles files by a POST that says DELETE.
      if (!call.isPosted || !isLast) throw wrongMethod(call, part);
      return actionOutcome(action(part.args ?? { positional: [], named: {} }));
    }
    resource = follow(call, resource, part);
  }
  return isContent ? contentOutcome(call, resource) : methodOutcome(call, resource);
}

function contextOutcome(call: RestCall): RestOutcome {
  if (call.method !== 'POST') throw new SharePointError('methodNotAllowed', { name: call.method, url: 'contextinfo' });
  requireRestLevel(call, levels.read);
  const info = contextInfo(call, call.tenant.now());
  const resource: Resource = { type: 'SP.ContextWebInformation', path: 'contextinfo', object: () => info };
  return { kind: 'resource', resource, status: 200 };
}

function start(call: RestCall, part: PathPart): Resource {
  const roots: Readonly<Record<string, () => Resource>> = {
    web: () => webResource(call),
    site: () => siteResource(call),
    lists: () => listsResource(call),
  };
  const open = member(roots, part.name);
  if (open === undefined) throw missing(call, part.original);
  return withKey(call, open(), part);
}

function follow(call: RestCall, resource: Resource, part: PathPart): Resource {
  const child = member(resource.children, part.name);
  if (child !== undefined) return withKey(call, child(), part);
  const opened = member(resource.functions, part.name)?.(part.args ?? { positional: [], named: {} });
  if (opened !== undefined) return opened;
  const property = propertyOf(resource, part);
  if (property === undefined) throw missing(call, part.original);
  return property;
}

/** A property of a thing by its name at the end of a path: a little thing with that property alone. */
function propertyOf(resource: Resource, part: PathPart): Resource | undefined {
  const all = { ...resource.object?.() };
  const name = Object.keys(all).find((own) => own.toLowerCase() === part.name);
  if (name !== undefined)
    return { type: 'Edm.String', path: `${resource.path}/${name}`, object: () => valueObject(all[name]) };
  const [more, read] = Object.entries(resource.more ?? {}).find(([own]) => own.toLowerCase() === part.name) ?? [];
  if (more === undefined || read === undefined) return undefined;
  return { type: 'Edm.String', path: `${resource.path}/${more}`, object: () => valueObject(read()) };
}

function valueObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : { value };
}

function withKey(call: RestCall, resource: Resource, { args, original }: PathPart): Resource {
  const [key] = args?.positional ?? Object.values(args?.named ?? {});
  if (key === undefined || key === null) return resource;
  if (resource.byKey === undefined || typeof key === 'boolean') throw missing(call, original);
  return resource.byKey(key);
}

function actionOutcome(result: ActionResult): RestOutcome {
  if (result === undefined) return nothing;
  return isResource(result) ? { kind: 'resource', resource: result, status: 200 } : { kind: 'value', ...result };
}

function contentOutcome(call: RestCall, resource: Resource): RestOutcome {
  if (call.method === 'PUT' || (call.method === 'POST' && resource.replaceContent !== undefined)) {
    if (resource.replaceContent === undefined) throw missing(call, '$value');
    resource.replaceContent(call.bytes);
    return nothing;
  }
  if (resource.content === undefined) throw missing(call, '$value');
  return { kind: 'bytes', ...resource.content() };
}

function methodOutcome(call: RestCall, resource: Resource): RestOutcome {
  switch (call.method) {
    case 'GET':
      return { kind: 'resource', resource, status: 200 };
    case 'POST':
      if (resource.create === undefined) return postToThing(call, resource);
      return { kind: 'resource', resource: resource.create(readRestBody(call)), status: 201 };
    case 'MERGE':
    case 'PATCH':
      if (resource.update === undefined) throw wrongMethodAt(call, resource);
      resource.update(readRestBody(call));
      return nothing;
    case 'DELETE':
      if (resource.remove === undefined) throw wrongMethodAt(call, resource);
      resource.remove();
      return nothing;
    default:
      throw wrongMethodAt(call, resource);
  }
}

/** POST to a thing without an order in `X-HTTP-Method` only reads it. */
function postToThing(call: RestCall, resource: Resource): RestOutcome {
  if (resource.items !== undefined) throw wrongMethodAt(call, resource);
  return { kind: 'resource', resource, status: 200 };
}

function missing({ resourcePath }: RestCall, name: string = resourcePath): SharePointError {
  return new SharePointError('resourceMissing', { name });
}

function wrongMethod(call: RestCall, part: PathPart): SharePointError {
  return new SharePointError('methodNotAllowed', { name: call.method, url: part.original });
}

function wrongMethodAt(call: RestCall, resource: Resource): SharePointError {
  return new SharePointError('methodNotAllowed', { name: call.method, url: resource.path });
}
