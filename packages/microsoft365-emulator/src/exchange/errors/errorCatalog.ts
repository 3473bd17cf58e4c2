/** A refusal of a cmdlet. Texts hold `{names}` that the refusal fills in. */
export interface CatalogError {
  readonly status: number;
  readonly code: string;
  /** A short hash of the build's before the type; most errors have none. */
  readonly prefix?: string;
  /** The exception's .NET type. */
  readonly type: string;
  readonly text: string;
  /** Where the text stands: in `details`, in the internal exception, or in both. */
  readonly shownIn: 'details' | 'internalException' | 'both';
  readonly detailCode?: 'Client' | 'Context';
}

const T1 = 'Microsoft.Exchange.Configuration.Tasks.';
const T2 = 'Microsoft.Exchange.Management.Tasks.';
const INVOCATION = 'Microsoft.Exchange.AdminApi.CommandInvocation.';
const bad = { status: 400, code: 'BadRequest', shownIn: 'details' } as const;
const missing = { status: 404, code: 'NotFound', shownIn: 'details' } as const;

// Sources: failures recorded by programs that call the real service, and the cmdlet pages of office-docs-powershell.
// Where a status, a type or a text was not found anywhere, the row says "guess".
const errorCatalog = {
  targetNotFound: {
    ...missing,
    prefix: 'Ex6F9304',
    type: `${T1}ManagementObjectNotFoundException`,
    text: "The operation couldn't be performed because object '{identity}' couldn't be found on '{server}'.",
  },
  // Status: guess.
  referenceNotFound: {
    ...bad,
    prefix: 'Ex94914C',
    type: `${T1}ManagementObjectNotFoundException`,
    text: 'Couldn\'t find object "{identity}". Please make sure that it was spelled correctly or specify a different object.',
  },
  // Status: guess.
  mailboxNotFound: {
    ...missing,
    prefix: 'Ex41BAF5',
    type: `${T1}ManagementObjectNotFoundException`,
    text: 'The specified mailbox Identity:"{identity}" doesn\'t exist.',
  },
  // Status: guess.
  targetAmbiguous: {
    ...bad,
    prefix: 'Ex9E65A2',
    type: `${T1}ManagementObjectNotFoundException`,
    text: "The operation couldn't be performed because '{identity}' matches multiple entries.",
  },
  // Status: guess.
  recipientAmbiguous: {
    ...bad,
    type: `${T1}ManagementObjectAmbiguousException`,
    text: 'There are multiple recipients matching identity "{identity}". Please specify a unique value.',
  },
  // Status: guess.
  alreadyMember: {
    ...bad,
    type: `${T2}MemberAlreadyExistsException`,
    text: 'The recipient "{member}" is already a member of the group "{group}".',
  },
  // Status: guess.
  notMember: {
    ...bad,
    type: `${T2}MemberNotFoundException`,
    text: 'The recipient "{member}" isn\'t a member of the group "{group}".',
  },
  // Status: guess.
  addressTaken: {
    ...bad,
    prefix: 'ExB10BE9',
    type: `${T2}WLCDManagedMemberExistsException`,
    text: 'The proxy address "{address}" is already being used by the proxy addresses or LegacyExchangeDN. Please choose another proxy address.',
  },
  // Status and type: guess.
  nameTaken: {
    ...bad,
    type: `${T2}NameAlreadyExistsException`,
    text: 'The name "{name}" is already being used. Please try another name.',
  },
  objectExists: {
    ...bad,
    type: 'Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException',
    text: "The object '{name}' already exists.",
    detailCode: 'Context',
  },
  // Status and type: guess.
  notManager: {
    ...bad,
    type: `${T2}OperationRequiresGroupManagerException`,
    text: "You don't have sufficient permissions. This operation can only be performed by a manager of the group.",
  },
  duplicateInList: {
    ...bad,
    type: `${T2}RecipientTaskException`,
    text: 'The parameter "{parameter}" contains the following duplicated recipient identity: "{identity}".',
  },
  invalid: { ...bad, type: `${T2}ValidationException`, text: '{text}' },
  refused: { ...bad, type: `${T2}RecipientTaskException`, text: '{text}' },
  // Status: guess.
  masteredOnPremises: {
    ...bad,
    type: `${T2}RecipientTaskException`,
    text: "The operation on mailbox \"{identity}\" failed because it's out of the current user's write scope. The action '{cmdlet}', '{parameter}', can't be performed on the object '{identity}' because the object is being synchronized from your on-premises organization. This action should be performed on the object in your on-premises organization.",
  },
  // Status: guess.
  cnameMissing: {
    ...bad,
    type: `${T2}ValidationException`,
    text: 'CNAME record does not exist for this config. Please publish the following two CNAME records first.\r\nDomain Name : {domain}\r\nHost Name : selector1._domainkey\r\nPoints to address or value: {first}\r\nHost Name : selector2._domainkey\r\nPoints to address or value: {second} . If you have already published the CNAME records, sync will take a few minutes to as many as 4 days based on your specific DNS. Return and retry this step later.',
  },
  unknownParameter: {
    ...bad,
    shownIn: 'both',
    type: `${INVOCATION}AmbiguousParameterSetException`,
    text: 'Parameter set cannot be resolved using the specified named parameters. Invalid cmdlet parameters specified. {parameter}',
  },
  // Status and type as with an unknown parameter; the text without the last sentence: guess.
  ambiguousParameters: {
    ...bad,
    shownIn: 'both',
    type: `${INVOCATION}AmbiguousParameterSetException`,
    text: 'Parameter set cannot be resolved using the specified named parameters.',
  },
  badValue: {
    ...bad,
    shownIn: 'internalException',
    type: `${INVOCATION}ParameterTransformationException`,
    text: 'Cannot process argument transformation on parameter \'{parameter}\'. Cannot convert value "{value}" to type "{typeName}".',
  },
  // No record found: guess.
  missingParameter: {
    ...bad,
    shownIn: 'both',
    type: `${INVOCATION}ParameterBindingException`,
    text: 'Cannot process command because of one or more missing mandatory parameters: {parameters}.',
  },
  // No record found: guess.
  nullParameter: {
    ...bad,
    shownIn: 'both',
    type: `${INVOCATION}ParameterBindingException`,
    text: "Cannot bind argument to parameter '{parameter}' because it is null.",
  },
  // No record found: guess.
  nobodyToConfirm: {
    ...bad,
    shownIn: 'both',
    type: 'System.Management.Automation.Host.HostException',
    text: 'A command that prompts the user failed because the host program or the command type does not support user interaction. The host was attempting to request confirmation for {cmdlet}.',
  },
  expiredPage: {
    ...bad,
    shownIn: 'both',
    type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
    text: 'Expired or Invalid pagination request. Default Expiry time is 00:30:00',
  },
  // The text is that of a body that cannot be read; type and place: guess.
  malformed: {
    ...bad,
    shownIn: 'internalException',
    type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
    text: '{text}',
  },
  // No record found: guess.
  throttled: {
    status: 429,
    code: 'TooManyRequests',
    shownIn: 'internalException',
    type: 'Microsoft.Exchange.Data.Storage.OverBudgetException',
    text: 'The server is busy. Too many requests were made by this application. Please try again later.',
  },
  // No record found: guess.
  failedDependency: {
    status: 424,
    code: 'FailedDependency',
    shownIn: 'internalException',
    type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
    text: 'The request was not carried out because a request before it failed.',
  },
} as const satisfies Readonly<Record<string, CatalogError>>;

export type ErrorName = keyof typeof errorCatalog;

export function findCatalogError(name: ErrorName): CatalogError {
  return errorCatalog[name];
}
