export interface ServerCertificate {
  readonly key: string;
  /** Leaf first, then its issuers as far as the server should send them. */
  readonly cert: string;
  readonly expiresAt: Date;
}
