import { notImplemented as refusal } from './errors.ts';
import type { GraphOperation } from './GraphCall.ts';

/** Operations that Microsoft Graph has and the emulator does not, by the first part of their path. */
const rows: Readonly<Record<string, readonly string[]>> = {
  sites: ['GET /sites/delta'],

  subscriptions: [
    'GET /subscriptions',
    'POST /subscriptions',
    'GET /subscriptions/{id}',
    'PATCH /subscriptions/{id}',
    'DELETE /subscriptions/{id}',
    'POST /subscriptions/{id}/reauthorize',
  ],

  users: ['GET /users/{id}/mailboxSettings'],
};

/** They are known, and answer 501. */
export const notImplemented: readonly GraphOperation[] = Object.values(rows)
  .flat()
  .map((row) => {
    const [method = '', path = ''] = row.split(' ');
    return { method: method as GraphOperation['method'], path, handle: refuse };
  });

function refuse(): never {
  throw refusal();
}
