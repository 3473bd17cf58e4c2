/** Presets of the list of online accounts; plain data, because the dashboard shows them before it loads any schema. */
export const onlineAccountFilters = [
  'all',
  'linked',
  'not-linked',
  'unlicensed',
  'not-signed-in',
  'blocked',
  'removed',
] as const;
