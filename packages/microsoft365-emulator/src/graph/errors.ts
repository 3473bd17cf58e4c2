import { type CatalogName, errorCatalog } from './errorCatalog.ts';
import { GraphError, type GraphErrorOptions } from './GraphError.ts';

/** A refusal of the catalog, with what is in braces filled in. */
export function refusal(
  name: CatalogName,
  values: Readonly<Record<string, string | number>> = {},
  more: GraphErrorOptions = {},
): GraphError {
  const { status, code, message } = errorCatalog[name];
  const filled = message.replaceAll(/\{(\w+)\}/g, (braces, key: string) => String(values[key] ?? braces));
  return new GraphError(status, code, filled, more);
}

/** A refusal of the directory in words that belong to one operation. */
export function badRequest(message: string): GraphError {
  return new GraphError(400, 'Request_BadRequest', message);
}

/** A refusal of the OData layer, before the directory is asked. */
export function malformed(message: string): GraphError {
  return new GraphError(400, 'BadRequest', message);
}

export function unsupportedQuery(message: string = errorCatalog.queryUnsupported.message): GraphError {
  return new GraphError(400, 'Request_UnsupportedQuery', message);
}

export function unknownProperty(name: string): GraphError {
  return refusal('propertyUnknown', { name });
}

export function notFound(id: string): GraphError {
  return refusal('notFound', { id });
}

export function denied(message: string = errorCatalog.privilegesInsufficient.message): GraphError {
  return new GraphError(403, 'Authorization_RequestDenied', message);
}

/** A value that has to be unique is taken; `other` is the object that has it, when the service names it. */
export function objectConflict(property: string, other?: string): GraphError {
  const { message } = refusal('objectConflict', { property });
  const details = [{ code: 'ObjectConflict', message, target: property }];
  if (other !== undefined) details.push({ code: 'ConflictingObjects', message, target: other });
  return refusal('objectConflict', { property }, { details });
}

export function invalidValue(property: string, type: string): GraphError {
  return refusal('invalidValue', { property, type });
}

export function missingValue(property: string, type: string): GraphError {
  return refusal('missingValue', { property, type });
}

/** Something Microsoft Graph knows how to do, and whoever answers does not. */
export function notImplemented(): GraphError {
  return refusal('notImplemented');
}
