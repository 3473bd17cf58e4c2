import type { Secret } from '@isthmus/kernel';
import type { PoolConfig } from 'pg';

/** Where the database is: our own server's socket, or whatever `DATABASE_URL` names. */
export type DatabaseAddress =
  | {
      readonly kind: 'socket';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      readonly password: Secret;
      readonly database: string;
    }
  | { readonly kind: 'url'; readonly url: Secret };

export function poolSettings(address: DatabaseAddress): PoolConfig {
  const common = { application_name: 'isthmus', connectionTimeoutMillis: 15_000, keepAlive: true };
  if (address.kind === 'url') return { ...common, connectionString: address.url.reveal() };
  const { host, port, user, password, database } = address;
  return { ...common, host, port, user, password: password.reveal(), database };
}
