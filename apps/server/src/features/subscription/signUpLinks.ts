/** What a service provider may set in the configuration. */
export interface SignUpConfiguration {
  readonly businessBuy?: string | undefined;
  readonly businessTry?: string | undefined;
  readonly enterpriseBuy?: string | undefined;
  readonly enterpriseTry?: string | undefined;
  /** Number of the partner of record, which is told to Microsoft's pages. */
  readonly partner?: string | undefined;
}

const BUSINESS = 'https://www.microsoft.com/microsoft-365/business/compare-all-plans';
const ENTERPRISE = 'https://www.microsoft.com/microsoft-365/enterprise/office365-plans-and-pricing';

function withPartner(url: string, partner: string | undefined): string {
  if (partner === undefined) return url;
  const target = new URL(url);
  target.searchParams.set('partner', partner);
  return target.href;
}

/** Where to buy or try a subscription: as configured, else Microsoft's own pages. */
export function signUpLinks(configured: SignUpConfiguration) {
  const { businessBuy, businessTry, enterpriseBuy, enterpriseTry, partner } = configured;
  const links = [
    { kind: 'business-buy', url: businessBuy ?? BUSINESS },
    { kind: 'business-try', url: businessTry ?? BUSINESS },
    { kind: 'enterprise-buy', url: enterpriseBuy ?? ENTERPRISE },
    { kind: 'enterprise-try', url: enterpriseTry ?? ENTERPRISE },
  ] as const;
  return { links: links.map(({ kind, url }) => ({ kind, url: withPartner(url, partner) })) };
}
