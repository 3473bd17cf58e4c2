export interface CatalogEntry {
  readonly status: number;
  readonly code: string;
  /** Names in braces are filled in. */
  readonly message: string;
}

/**
 * The refusals that Microsoft Graph makes whatever is asked of the directory: one capture of the real service corrects one
 * row. Sources: Microsoft documentation ("Microsoft Graph error responses and resource types", "Advanced query
 * capabilities", "Use delta query", "Combine multiple requests in one HTTP call using JSON batching"), and what programs
 * that talk to the real service expect. Texts marked as guessed are not published anywhere.
 */
export const errorCatalog = {
  accessTokenEmpty: { status: 401, code: 'InvalidAuthenticationToken', message: 'Access token is empty.' }, // guessed
  accessTokenExpired: {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: 'Lifetime validation failed, the token is expired.',
  },
  accessTokenInvalid: {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: 'IDX14100: JWT is not well formed, or its signature could not be validated.', // guessed
  },
  accessTokenRevoked: {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message:
      'Continuous access evaluation resulted in claims challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp',
  },
  audienceInvalid: {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: 'Access token validation failure. Invalid audience.', // guessed
  },
  batchItemWithoutType: {
    status: 400,
    code: 'BadRequest',
    message: 'Write request id : {id} does not contain Content-Type header or body.',
  },
  batchMalformed: { status: 400, code: 'BadRequest', message: 'Invalid batch payload format.' },
  batchOrderImpossible: {
    status: 400,
    code: 'BadRequest',
    message: 'Invalid dependsOn: it names a request that is not there, or a circle.', // guessed
  },
  batchIdsNotUnique: { status: 400, code: 'BadRequest', message: 'Batch request ids must be unique.' }, // guessed
  batchTooLong: {
    status: 400,
    code: 'MaximumValueExceeded',
    message: 'Number of batch request steps exceeds the maximum value of {maximum}.',
  },
  concurrency: {
    status: 409,
    code: 'Directory_ConcurrencyViolation',
    message: 'Error due to concurrent requests being made to the tenant. Please wait briefly and retry.',
  },
  countNeedsHeader: { status: 400, code: 'Request_BadRequest', message: '$count is not currently supported.' },
  deltaTokenGone: { status: 410, code: 'syncStateNotFound', message: 'The sync state generation is not found.' },
  deltaTokenOld: {
    status: 400,
    code: 'Request_UnsupportedQuery',
    message: 'DeltaLink older than 30 days is not supported.',
  },
  dependencyFailed: { status: 424, code: 'FailedDependency', message: 'A request that this one depends on failed.' }, // guessed
  duplicateOption: {
    status: 400,
    code: 'BadRequest',
    message: "Query option '{option}' was specified more than once, but it must be specified at most once.", // guessed
  },
  expandUnknown: {
    status: 400,
    code: 'BadRequest',
    message: "Parsing OData Select and Expand failed: Could not find a property named '{name}' on type '{type}'.",
  },
  filterUnsupported: {
    status: 400,
    code: 'Request_UnsupportedQuery',
    message: "Unsupported or invalid query filter clause specified for property '{name}' of resource '{type}'.",
  },
  identityNotFound: {
    status: 403,
    code: 'Authorization_IdentityNotFound',
    message: 'The identity of the calling application could not be established.',
  },
  invalidValue: {
    status: 400,
    code: 'Request_BadRequest',
    message: "Invalid value specified for property '{property}' of resource '{type}'.",
  },
  meWithoutUser: {
    status: 400,
    code: 'BadRequest',
    message: '/me request is only valid with delegated authentication flow.',
  },
  methodNotAllowed: {
    status: 405,
    code: 'Request_BadRequest',
    message: 'Specified HTTP method is not allowed for the request target.',
  },
  missingValue: {
    status: 400,
    code: 'Request_BadRequest',
    message: "A value is required for property '{property}' of resource '{type}'.",
  },
  notFound: {
    status: 404,
    code: 'Request_ResourceNotFound',
    message: "Resource '{id}' does not exist or one of its queried reference-property objects are not present.",
  },
  notImplemented: { status: 501, code: 'NotImplemented', message: 'This operation target is not yet supported.' },
  objectConflict: {
    status: 400,
    code: 'Request_BadRequest',
    message: 'Another object with the same value for property {property} already exists.',
  },
  pageTokenExpired: {
    status: 400,
    code: 'Directory_ExpiredPageToken',
    message: 'The specified page token value has expired and can no longer be included in your request.',
  },
  premiumMissing: {
    status: 403,
    code: 'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    message: "Neither tenant is B2C or tenant doesn't have premium license",
  },
  privilegesInsufficient: {
    status: 403,
    code: 'Authorization_RequestDenied',
    message: 'Insufficient privileges to complete the operation.',
  },
  propertyUnknown: {
    status: 400,
    code: 'Request_UnsupportedQuery',
    message: "Property '{name}' does not exist as a declared property or extension property.",
  },
  reportPermissionMissing: {
    status: 403,
    code: 'Authentication_MSGraphPermissionMissing',
    message: 'Calling principal does not have required MSGraph permissions {permission}',
  },
  queryUnsupported: { status: 400, code: 'Request_UnsupportedQuery', message: 'Unsupported Query.' },
  searchNeedsHeader: {
    status: 400,
    code: 'Request_UnsupportedQuery',
    message:
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
  },
  segmentUnknown: { status: 400, code: 'BadRequest', message: "Resource not found for the segment '{segment}'." },
  tenantInvalid: {
    status: 401,
    code: 'InvalidAuthenticationToken',
    message: 'Access token validation failure. Invalid tenant.', // guessed
  },
  tooManyRequests: {
    status: 429,
    code: 'TooManyRequests',
    message:
      'Too many requests from Identifier:{appId} under category:aadgraph.app.tenant_{size}. Please try again later.',
  },
  tooManyRequestsToService: { status: 429, code: 'TooManyRequests', message: 'Please retry again later.' },
  unknownOption: { status: 400, code: 'BadRequest', message: "The query parameter '{option}' is not supported." }, // guessed
  unreadableBody: {
    status: 400,
    code: 'BadRequest',
    message:
      'Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of valid JSON format.',
  },
  uriTooLong: { status: 414, code: 'BadRequest', message: 'The request URI is too long.' }, // guessed
} as const satisfies Readonly<Record<string, CatalogEntry>>;

export type CatalogName = keyof typeof errorCatalog;
