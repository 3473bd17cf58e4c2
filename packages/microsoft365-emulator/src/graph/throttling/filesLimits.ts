/**
 * Limits of SharePoint and OneDrive. Source: "Avoid getting throttled or blocked in SharePoint Online" (July 2026).
 * Amounts depend on how many licenses the tenant has.
 */
export interface FilesLimit {
  readonly name: 'applicationMinute' | 'applicationDay' | 'tenant' | 'user' | 'sharing';
  readonly scope: 'applicationAndTenant' | 'tenant' | 'user';
  readonly counts: 'units' | 'requests' | 'sharing';
  /** By the size of the tenant, smallest first. */
  readonly amounts: readonly number[];
  readonly windowSeconds: number;
}

const sizes = [1000, 5000, 15_000, 50_000];

export const filesLimits: readonly FilesLimit[] = [
  {
    name: 'applicationMinute',
    scope: 'applicationAndTenant',
    counts: 'units',
    amounts: [1250, 2500, 3750, 5000, 6250],
    windowSeconds: 60,
  },
  {
    name: 'applicationDay',
    scope: 'applicationAndTenant',
    counts: 'units',
    amounts: [1_200_000, 2_400_000, 3_600_000, 4_800_000, 6_000_000],
    windowSeconds: 24 * 3600,
  },
  {
    name: 'tenant',
    scope: 'tenant',
    counts: 'units',
    amounts: [18_750, 37_500, 56_250, 75_000, 93_750],
    windowSeconds: 300,
  },
  { name: 'user', scope: 'user', counts: 'requests', amounts: [3000], windowSeconds: 300 },
  { name: 'sharing', scope: 'applicationAndTenant', counts: 'sharing', amounts: [300], windowSeconds: 300 },
];

export function filesAmount({ amounts }: FilesLimit, licenses: number): number {
  const size = sizes.filter((largest) => licenses > largest).length;
  return amounts[Math.min(size, amounts.length - 1)] ?? 0;
}
