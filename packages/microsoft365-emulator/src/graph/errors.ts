import { GraphError } from './GraphError.ts';

/** The refusals of Microsoft Graph that more than one operation makes, with the texts of the real service. */

export function badRequest(message: string): GraphError {
  return new GraphError(400, 'Request_BadRequest', message);
}

/** Refusals of the OData layer, before the directory is asked. */
export function malformed(message: string): GraphError {
  return new GraphError(400, 'BadRequest', message);
}

export function unsupportedQuery(message = 'Unsupported Query.'): GraphError {
  return new GraphError(400, 'Request_UnsupportedQuery', message);
}

export function unknownProperty(name: string): GraphError {
  return unsupportedQuery(`Property '${name}' does not exist as a declared property or extension property.`);
}

export function notFound(id: string): GraphError {
  const message = `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`;
  return new GraphError(404, 'Request_ResourceNotFound', message);
}

export function denied(message = 'Insufficient privileges to complete the operation.'): GraphError {
  return new GraphError(403, 'Authorization_RequestDenied', message);
}

/** A value that has to be unique is taken; `other` is the object that has it, when the service names it. */
export function objectConflict(property: string, other?: string): GraphError {
  const message = `Another object with the same value for property ${property} already exists.`;
  const details = [{ code: 'ObjectConflict', message, target: property }];
  if (other !== undefined) details.push({ code: 'ConflictingObjects', message, target: other });
  return new GraphError(400, 'Request_BadRequest', message, { details });
}

export function concurrencyViolation(): GraphError {
  const message = 'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.';
  return new GraphError(409, 'Directory_ConcurrencyViolation', message);
}

export function invalidValue(property: string, resource: string): GraphError {
  return badRequest(`Invalid value specified for property '${property}' of resource '${resource}'.`);
}

export function missingValue(property: string, resource: string): GraphError {
  return badRequest(`A value is required for property '${property}' of resource '${resource}'.`);
}

/** Something Microsoft Graph knows how to do, and whoever answers does not. */
export function notImplemented(): GraphError {
  return new GraphError(501, 'NotImplemented', 'This operation target is not yet supported.');
}
