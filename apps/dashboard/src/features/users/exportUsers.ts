import type { RequestOf } from '@isthmus/api-client';
import type { User } from '@isthmus/contracts';
import { api } from '../../shell/api.ts';
import { usersAsCsv } from './userCsv.ts';

const PAGE = 500;

/** Everybody in the filtered view, whatever is loaded. */
export async function exportUsers(query: NonNullable<RequestOf<'listUsers'>['query']>): Promise<Blob> {
  const users: User[] = [];
  for (;;) {
    const page = await api.call('listUsers', { query: { ...query, offset: users.length, limit: PAGE } });
    users.push(...page.items);
    if (page.items.length === 0 || users.length >= page.total) break;
  }
  // The mark at the beginning makes spreadsheets read it as UTF-8.
  return new Blob(['\uFEFF', usersAsCsv(users)], { type: 'text/csv' });
}
