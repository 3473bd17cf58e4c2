import { DomainError } from '@isthmus/kernel';
import { z } from 'zod';
import { DISTRUST_REMEDY, NetworkFailure, OFFLINE_REMEDY } from '../http/HttpChannel.ts';
import type { OnlineErrorCode } from '../ports.ts';
import type { GraphAnswer, GraphRequest } from './GraphRequest.ts';

const errorBody = z.object({
  error: z.object({
    code: z.string().default('unknown'),
    message: z.string().nullish(),
    details: z.array(z.object({ code: z.string().nullish(), target: z.string().nullish() })).nullish(),
    innerError: z.object({ 'request-id': z.string().nullish() }).nullish(),
  }),
});

/** The service's own words, kept as the cause of what we say. */
export class GraphFailure extends Error {
  readonly status: number;
  readonly code: string;
  readonly detailCodes: readonly string[];
  readonly targets: readonly string[];
  readonly requestId: string | undefined;

  constructor(answer: GraphAnswer) {
    const parsed = errorBody.safeParse(answer.body);
    const error = parsed.success ? parsed.data.error : undefined;
    super(error?.message ?? `HTTP ${answer.status}`);
    this.name = 'GraphFailure';
    this.status = answer.status;
    this.code = error?.code ?? 'unknown';
    this.detailCodes = (error?.details ?? []).flatMap((detail) => detail.code ?? []);
    this.targets = (error?.details ?? []).flatMap((detail) => detail.target ?? []);
    this.requestId = answer.headers['request-id'] ?? error?.innerError?.['request-id'] ?? undefined;
  }
}

interface Rule {
  readonly code: OnlineErrorCode;
  readonly status?: number;
  readonly graphCode?: RegExp;
  readonly message?: RegExp;
  /** `details[].target`, else the property that the message names. */
  readonly target?: string;
  readonly says: string;
  readonly remedy: string;
  readonly field?: string;
  readonly retryable?: true;
}

const TAKEN = /Another object with the same value for property|conflicting object with one or more/i;

/** First match wins. Messages are matched where the service gives several causes the same code. */
const RULES: readonly Rule[] = [
  {
    code: 'online.anchor-taken',
    message: TAKEN,
    target: 'onPremisesImmutableId',
    says: 'Another online account is linked to the same user account.',
    remedy: 'Look for that account, in the recycle bin too, and link it or remove it.',
  },
  {
    code: 'online.address-taken',
    message: TAKEN,
    says: 'The address belongs to somebody or something else in Microsoft 365.',
    remedy: 'Choose another address, or find what uses this one, in the recycle bin too.',
    field: 'upn',
  },
  {
    code: 'online.domain-not-verified',
    message: /domain portion of the userPrincipalName property is invalid/i,
    says: 'The domain of the address is not verified in Microsoft 365.',
    remedy: 'Choose an address at a verified domain, or verify the domain first.',
    field: 'upn',
  },
  {
    code: 'online.domain-taken',
    message: /verified in another|already verified in another|takenByAnother/i,
    says: 'The domain is verified in another organization of Microsoft 365.',
    remedy: 'Remove it there first; an administrator who cannot sign in there any more can take it over at Microsoft.',
    field: 'name',
  },
  {
    code: 'online.domain-not-proved',
    message: /Domain verification failed/i,
    says: 'Microsoft 365 does not find the record that proves who owns the domain.',
    remedy: 'Make the record at the provider of the domain; it may take up to an hour until Microsoft 365 sees it.',
    retryable: true,
  },
  {
    code: 'online.domain-in-use',
    message: /cannot be deleted because|default domain of the organization cannot/i,
    says: 'Something in Microsoft 365 still uses the domain.',
    remedy: 'Look at what uses it, and move that to another domain first.',
  },
  {
    code: 'online.password-refused',
    message: /password complexity|specified password|password must be specified|password.*(banned|weak)/i,
    says: 'Microsoft 365 refuses the password as too simple or too common.',
    remedy: 'Choose a longer, less common password with letters of both cases, digits and symbols.',
    field: 'password',
  },
  {
    code: 'online.managed-by-synchronization',
    message: /on-premises mastered|undergoing migration/i,
    says: 'The account is kept by Entra Connect or Cloud Sync.',
    remedy: 'Change it in the directory that is synchronized, or stop that synchronization for this account.',
  },
  {
    code: 'online.no-free-license',
    message: /does not have any available licenses/i,
    says: 'No license of this product is free.',
    remedy: 'Buy more licenses, or take one from somebody who does not need it.',
  },
  {
    code: 'online.usage-location-missing',
    message: /invalid usage location/i,
    says: 'The account has no usage location, which a license needs.',
    remedy: 'Set the country in which the person uses the services.',
    field: 'usageLocation',
  },
  {
    code: 'online.license-unknown',
    message: /does not correspond to a valid company License/i,
    says: 'The organization has no such product.',
    remedy: 'Choose a product from the list of licenses.',
  },
  {
    code: 'online.license-conflict',
    message: /mutually exclusive|depends on the service plan|inherited from a group/i,
    says: 'The license cannot be changed this way together with the other licenses of the account.',
    remedy: 'Look at the account’s other licenses and at the licenses that come from its groups.',
  },
  {
    code: 'online.address-invalid',
    message:
      /Property userPrincipalName is invalid|Invalid value specified for property '(mailNickname|userPrincipalName|proxyAddresses|mail)'/i,
    says: 'Microsoft 365 does not accept the address.',
    remedy: 'Use letters without accents, digits, and . - _ only, and no dot before the @.',
    field: 'upn',
  },
  {
    code: 'online.not-permitted',
    graphCode: /AsPerAppPolicy$/,
    says: 'A rule of the tenant forbids the certificate of an app registration.',
    remedy: 'Exempt this app from the app management policy, or allow certificates valid for one year.',
  },
  {
    code: 'online.application-missing',
    graphCode: /^Authorization_IdentityNotFound$/,
    says: 'The app registration of this installation is not in the tenant any more.',
    remedy: 'Connect Microsoft 365 again.',
  },
  {
    code: 'online.premium-missing',
    graphCode: /^Authentication_RequestFromNonPremiumTenant/,
    says: 'The tenant has no Entra ID P1, which this needs.',
    remedy: 'Buy a product that contains it, such as Microsoft 365 Business Premium, or do without.',
  },
  {
    code: 'online.not-permitted',
    status: 403,
    says: 'Microsoft 365 does not permit it.',
    remedy: 'Grant {permission}, or repair the integration, which grants it again.',
  },
  {
    code: 'online.not-permitted',
    status: 401,
    says: 'Microsoft 365 does not accept our sign-in.',
    remedy: 'Repair the integration; if it stays so, connect Microsoft 365 again.',
  },
  {
    code: 'online.busy',
    graphCode: /^Directory_ConcurrencyViolation$/,
    says: 'Microsoft 365 was busy with another change of the same object.',
    remedy: 'Try again.',
    retryable: true,
  },
  {
    code: 'online.account-not-found',
    status: 404,
    says: 'Microsoft 365 does not have it, or not yet.',
    remedy: 'Refresh the list; if it was made a moment ago, try again in a minute.',
  },
  {
    code: 'online.throttled',
    status: 429,
    says: 'Microsoft 365 asks us to wait.',
    remedy: 'Nothing needs to be done; the work continues by itself.',
    retryable: true,
  },
];

function matches(rule: Rule, failure: GraphFailure): boolean {
  if (rule.status !== undefined && rule.status !== failure.status) return false;
  if (rule.graphCode !== undefined && !rule.graphCode.test(failure.code)) return false;
  if (rule.message !== undefined && !rule.message.test(failure.message)) return false;
  const { target } = rule;
  return target === undefined || failure.targets.includes(target) || failure.message.includes(`property ${target}`);
}

function withinSentence(sentence: string): string {
  const isName = sentence.startsWith('Microsoft');
  return isName ? sentence : sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/** What a refusal means for a person; `request` says what was being done. */
export function graphError(answer: GraphAnswer, request: GraphRequest): DomainError {
  const failure = new GraphFailure(answer);
  const rule = RULES.find((candidate) => matches(candidate, failure));
  const parameters = {
    status: failure.status,
    graphCode: failure.code,
    ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
  };
  if (rule === undefined) return unforeseen(failure, request, parameters);
  return new DomainError({
    code: rule.code,
    message: `Could not ${request.purpose}: ${withinSentence(rule.says)}`,
    remedy: rule.remedy.replace('{permission}', request.permission),
    ...(rule.field === undefined ? {} : { field: rule.field }),
    retryable: rule.retryable ?? false,
    parameters: { ...parameters, ...(rule.status === 403 ? { permission: request.permission } : {}) },
    cause: failure,
  });
}

function unforeseen(failure: GraphFailure, request: GraphRequest, parameters: Record<string, string | number>) {
  const unavailable = failure.status >= 500;
  return new DomainError({
    code: unavailable ? 'online.unreachable' : 'online.failed',
    message: unavailable
      ? `Could not ${request.purpose}: Microsoft 365 is not available at the moment.`
      : `Could not ${request.purpose}: Microsoft 365 answered "${failure.message}"`,
    remedy: unavailable
      ? 'Nothing needs to be done; try again later.'
      : 'Try again; if it stays so, give the request number of the log to Microsoft’s support.',
    retryable: unavailable,
    parameters,
    cause: failure,
  });
}

/** No answer came at all, or none within the time that its lane allows. */
export function unreachable(request: Pick<GraphRequest, 'purpose'>, cause: unknown): DomainError {
  const failure = cause instanceof NetworkFailure ? cause : undefined;
  return new DomainError({
    code: 'online.unreachable',
    message: `Could not ${request.purpose}: Microsoft 365 cannot be reached.`,
    remedy: failure?.isDistrust ? DISTRUST_REMEDY : OFFLINE_REMEDY,
    retryable: true,
    ...(failure === undefined ? {} : { parameters: { reason: failure.reason } }),
    cause,
  });
}

export function stillThrottled(purpose: string, cause?: unknown): DomainError {
  return new DomainError({
    code: 'online.throttled',
    message: `Could not ${purpose}: Microsoft 365 asks us to wait.`,
    remedy: 'Try again in a minute.',
    retryable: true,
    cause,
  });
}
