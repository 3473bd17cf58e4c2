/** One subscription that the tenant bought or tries. */
export interface Subscription {
  readonly id: string;
  readonly skuId: string;
  /** Name of the product for people. */
  readonly name: string;
  /** `warning`: over, in its days of grace; `suspended`: administrators alone get in. */
  readonly state: 'enabled' | 'warning' | 'suspended' | 'deleted' | 'locked-out';
  readonly isTrial: boolean;
  readonly seats: number;
  readonly startedAt: Date | undefined;
  /** When it is renewed, or its state changes next; undefined where Microsoft names no day. */
  readonly nextChangeAt: Date | undefined;
}

/** Whom the tenant belongs to, as Microsoft knows it. */
export interface OrganizationDetails {
  readonly name: string;
  readonly street: string | undefined;
  readonly postalCode: string | undefined;
  readonly city: string | undefined;
  readonly state: string | undefined;
  /** Two letters. */
  readonly countryCode: string | undefined;
  readonly phones: readonly string[];
  /** Where Microsoft writes about technical matters. */
  readonly technicalMails: readonly string[];
  readonly createdAt: Date | undefined;
}
