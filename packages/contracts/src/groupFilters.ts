/** Presets of the list of groups; plain data, because the dashboard reads addresses before it loads any schema. */
export const groupFilters = ['all', 'linked', 'not-linked', 'empty', 'needs-attention'] as const;
