import type { ApiClient } from '@isthmus/api-client';

export interface LinkedPerson {
  readonly id: string;
  readonly dn: string;
  readonly address: string;
}

/** Active people with an online account, administrators left out. */
export async function linkedPeople(api: ApiClient, limit = 100): Promise<readonly LinkedPerson[]> {
  const page = await api.call('listUsers', { query: { filter: 'with-online-account', limit } });
  const chosen = page.items.filter((user) => user.accessLevel === 'standard' && user.state === 'active');
  return Promise.all(
    chosen.map(async ({ id }) => {
      const { dn, online } = await api.call('getUser', { params: { id } });
      return { id, dn, address: online?.address ?? '' };
    }),
  );
}
