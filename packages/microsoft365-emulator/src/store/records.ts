import type * as graph from '@microsoft/microsoft-graph-types';
import type { Identified } from './Collection.ts';

/** The value under a Graph property name, as it goes over the wire. */
export type PropertyValue = string | number | boolean | null | PropertyValue[] | { [name: string]: PropertyValue };
/** A Graph object's own properties under their wire names. */
export type Properties = Readonly<Record<string, PropertyValue | undefined>>;

export interface TenantRecord extends Identified {
  readonly displayName: string;
  readonly initialDomain: string;
  readonly countryLetterCode: string;
  readonly defaultUsageLocation: string | null;
  readonly createdDateTime: string;
  readonly technicalNotificationMails: readonly string[];
  /** User principal name of the administrator that the seed made. */
  readonly administratorUpn: string;
}

export interface DomainRecord extends Identified {
  readonly isDefault: boolean;
  readonly isInitial: boolean;
  readonly isRoot: boolean;
  readonly isVerified: boolean;
  readonly supportedServices: readonly string[];
  /** Digits of the records that prove who owns the domain. */
  readonly verificationCode: string;
  readonly createdDateTime: string;
  readonly authenticationType: 'Managed' | 'Federated';
  readonly passwordValidityPeriodInDays: number | null;
  readonly passwordNotificationWindowInDays: number | null;
  /** When a forced deletion that is under way will be done, in milliseconds. */
  readonly forceDeletedAt: number | null;
  /** When a forced deletion was asked for. */
  readonly lastActionDateTime?: string;
}

export interface SkuRecord extends Identified {
  readonly skuPartNumber: string;
  readonly enabled: number;
  readonly suspended: number;
  readonly warning: number;
  /** Seats of a subscription that Microsoft has locked; in those made earlier there are none. */
  readonly lockedOut?: number;
  /** When the subscription is renewed or goes over into its next state; a year after it was made unless said. */
  readonly nextLifecycleDateTime?: string | null;
  readonly subscriptionId: string;
  readonly createdDateTime: string;
  readonly isTrial: boolean;
}

export interface PasswordRecord {
  readonly salt: string;
  readonly hash: string;
  readonly mustChange: boolean;
}

/** Why a license that a group gives did not reach a member. */
export type LicenseError = 'CountViolation' | 'MutuallyExclusiveViolation' | 'DependencyViolation';

export interface AssignedLicense {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
  readonly assignedDateTime: string;
  /** The group it is inherited from; none for one that was assigned to the user. */
  readonly assignedByGroup?: string;
  readonly error?: LicenseError;
}

export interface UserRecord extends Identified {
  readonly properties: Properties;
  readonly password: PasswordRecord;
  readonly licenses: readonly AssignedLicense[];
  readonly managerId: string | null;
  /** True while `mail` is there only because the user has a mailbox. */
  readonly mailFromMailbox: boolean;
  /** Number of the change that last touched each property, for delta queries. */
  readonly changed: Readonly<Record<string, number>>;
  readonly changeNumber: number;
}

export interface GroupLicense {
  readonly skuId: string;
  readonly disabledPlans: readonly string[];
}

/** A group of any kind; `groupTypes`, `mailEnabled` and `securityEnabled` in its properties say which. */
export interface GroupRecord extends Identified {
  readonly properties: Properties;
  /** Licenses that its members inherit. */
  readonly licenses: readonly GroupLicense[];
  /** Number of the change that last touched each property, for delta queries. */
  readonly changed: Readonly<Record<string, number>>;
  readonly changeNumber: number;
}

export interface TombstoneRecord extends Identified {
  readonly changeNumber: number;
}

export type DeletedKind = 'user' | 'group' | 'application' | 'servicePrincipal';

export interface DeletedRecord extends Identified {
  readonly kind: DeletedKind;
  readonly deletedDateTime: string;
  readonly value: UserRecord | GroupRecord | ApplicationRecord | ServicePrincipalRecord;
  readonly changeNumber: number;
}

export interface KeyCredentialRecord {
  readonly keyId: string;
  readonly type: string;
  readonly usage: string;
  readonly displayName: string | null;
  readonly startDateTime: string;
  readonly endDateTime: string;
  readonly customKeyIdentifier: string;
  /** Base64 of the certificate's DER. */
  readonly key: string;
}

export interface PasswordCredentialRecord {
  readonly keyId: string;
  readonly displayName: string | null;
  readonly startDateTime: string;
  readonly endDateTime: string;
  readonly hint: string;
  readonly hash: string;
}

export interface ApplicationRecord extends Identified {
  readonly appId: string;
  readonly properties: Properties;
  readonly keyCredentials: readonly KeyCredentialRecord[];
  readonly passwordCredentials: readonly PasswordCredentialRecord[];
  readonly ownerIds: readonly string[];
}

export interface ServicePrincipalRecord extends Identified {
  readonly appId: string;
  readonly properties: Properties;
  readonly passwordCredentials: readonly PasswordCredentialRecord[];
}

export interface AppRoleAssignmentRecord extends Identified {
  readonly appRoleId: string;
  readonly principalId: string;
  readonly resourceId: string;
  readonly createdDateTime: string;
}

export type GrantRecord = Identified &
  Required<Pick<graph.OAuth2PermissionGrant, 'consentType'>> & {
    readonly clientId: string;
    readonly principalId: string | null;
    readonly resourceId: string;
    readonly scope: string;
  };

export interface RoleAssignmentRecord extends Identified {
  readonly principalId: string;
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
}

/** A refresh token that was handed out; its id is the SHA-256 of the token. */
export interface RefreshTokenRecord extends Identified {
  readonly tenantId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly issuedAt: number;
  readonly authenticatedAt: number;
  readonly expiresAt: number;
}

export interface DeviceCodeRecord extends Identified {
  readonly userCode: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
  readonly state: 'pending' | 'granted' | 'declined' | 'redeemed';
  readonly tenantId: string | null;
  readonly userId: string | null;
}

export interface AuthorizationCodeRecord extends Identified {
  readonly tenantId: string;
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly codeChallenge: string | null;
  readonly codeChallengeMethod: string | null;
  readonly nonce: string | null;
  readonly expiresAt: number;
  readonly redeemed: boolean;
}

/** One of the keys that sign tokens, as JWK texts. */
export interface SigningKeyRecord extends Identified {
  readonly privateJwk: object;
  readonly publicJwk: object;
  /** Base64 of the certificate that goes into `x5c`. */
  readonly certificate: string;
}
