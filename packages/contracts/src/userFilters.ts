/** Presets of the list of users; plain data, because the dashboard shows them before it loads any schema. */
export const userFilters = [
  'all',
  'active',
  'inactive',
  'without-online-account',
  'with-online-account',
  'password-not-in-step',
  'administrators',
  'needs-attention',
  'license-unused',
  'leaving',
  'removed',
] as const;
