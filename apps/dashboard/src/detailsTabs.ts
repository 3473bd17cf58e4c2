/** Tabs of the details panel of a person; part of the URL. */
export const detailsTabs = ['general', 'online-account', 'groups', 'activity'] as const;
