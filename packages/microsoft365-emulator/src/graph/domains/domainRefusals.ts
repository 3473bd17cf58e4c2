import { badRequest } from '../errors.ts';
import type { GraphError } from '../GraphError.ts';

/**
 * Refusals of domains. Sources: Microsoft documentation, "Change subdomain authentication type", and answers seen by
 * clients. Of those marked "likely" neither text nor status is known from any answer of the real service.
 */
export const domainRefusals = {
  /** What comes behind the colon is likely; clients take it as opaque. */
  verificationFailed: (reason: VerificationFailure): GraphError =>
    badRequest(`Domain verification failed with the following error: ${reasons[reason]}`),
  verifiedAlready: (): GraphError => badRequest('Domain is already verified.'),
  unverifiedPromotion: (): GraphError =>
    badRequest('Unverified domains cannot be promoted. Please verify the domain before promotion.'),
  referencedPromotion: (): GraphError =>
    badRequest(
      'Promoting a subdomain with user references is not allowed. Please migrate the users to the current root domain before promotion of the subdomain.',
    ),
  federatedRoot: (): GraphError => badRequest('One or more properties contains invalid values.'),
  /** Likely. */
  rootPromotion: (): GraphError => badRequest('Only a subdomain can be promoted.'),
  /** Likely. */
  unverifiedDefault: (): GraphError => badRequest('An unverified domain cannot be set as the default domain.'),
  /** Likely. */
  noDefault: (): GraphError => badRequest('Another domain has to be set as the default domain instead.'),
  /** Likely. */
  unverifiedServices: (): GraphError => badRequest('Services can be configured only for a verified domain.'),
  /** Likely; only these services are documented as ones that can be set. */
  unknownService: (name: string): GraphError => badRequest(`The service '${name}' cannot be configured for a domain.`),
  /** Likely; that the answer points to forceDelete is documented. */
  referenced: (name: string): GraphError =>
    badRequest(
      `Domain '${name}' cannot be deleted because objects refer to it. Remove the references, or use forceDelete.`,
    ),
  /** Likely. */
  initialDeletion: (): GraphError => badRequest('The initial domain of the organization cannot be deleted.'),
  /** Likely. */
  defaultDeletion: (): GraphError => badRequest('The default domain of the organization cannot be deleted.'),
  /** Likely. */
  hasSubdomains: (name: string): GraphError =>
    badRequest(`Domain '${name}' cannot be deleted because it has subdomains.`),
  /** Likely. */
  tooManyReferences: (): GraphError =>
    badRequest('The domain cannot be deleted by force because more than 1000 objects refer to it.'),
  /** Likely. */
  multiTenantApplication: (): GraphError =>
    badRequest('The domain cannot be deleted by force because a multi-tenant application refers to it.'),
  /** Likely. */
  deletionInProgress: (): GraphError => badRequest('The domain is being deleted.'),
};

export type VerificationFailure = 'absent' | 'wrong' | 'unanswered' | 'takenByAnotherTenant';

/** Likely texts. */
const reasons: Readonly<Record<VerificationFailure, string>> = {
  absent: 'The DNS verification record was not found.',
  wrong: 'The DNS verification record does not have the expected value.',
  unanswered: 'The DNS servers of the domain did not answer.',
  takenByAnotherTenant: 'The domain is already verified in another organization.',
};
