/** What one request uses of the tenant's limits. */
export interface Cost {
  readonly resourceUnits: number;
  readonly writes: number;
}

// Same source as limits.ts: base cost of the GETs that are not 1.
const DEAR_READS: readonly (readonly [RegExp, number])[] = [
  [/^\/users$/, 2],
  [/^\/applications$/, 2],
  [/^\/servicePrincipals\/[^/]+\/appRoleAssignments$/, 2],
  [/^\/users\/[^/]+\/(licenseDetails|memberOf|transitiveMemberOf|ownedObjects)$/, 2],
  [/^\/groups\/[^/]+\/members$/, 3],
  [/^\/subscribedSkus$/, 3],
  [/^\/groups\/[^/]+\/transitiveMembers$/, 5],
];

/** Cost by Microsoft's table; the service's own figure corrects it afterwards. */
export function estimateCost(method: string, pathAndQuery: string): Cost {
  if (method !== 'GET') return { resourceUnits: 1, writes: 1 };
  const [path = '', query = ''] = pathAndQuery.split('?');
  const base = DEAR_READS.find(([pattern]) => pattern.test(path))?.[1] ?? 1;
  const parameters = new URLSearchParams(query);
  const top = Number(parameters.get('$top') ?? Number.NaN);
  const change = (parameters.has('$select') ? -1 : 0) + (parameters.has('$expand') ? 1 : 0) + (top < 20 ? -1 : 0);
  return { resourceUnits: Math.max(1, base + change), writes: 0 };
}

export function totalCost(costs: readonly Cost[]): Cost {
  return costs.reduce(
    (sum, cost) => ({ resourceUnits: sum.resourceUnits + cost.resourceUnits, writes: sum.writes + cost.writes }),
    { resourceUnits: 0, writes: 0 },
  );
}
