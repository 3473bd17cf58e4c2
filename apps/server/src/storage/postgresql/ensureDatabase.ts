import pg from 'pg';
import { type DatabaseAddress, poolSettings } from '../DatabaseAddress.ts';

/** Makes role and database of the product; the role is an ordinary one, so that SQL never reaches files. */
export async function ensureDatabase(administrator: DatabaseAddress, wanted: DatabaseAddress): Promise<void> {
  if (wanted.kind !== 'socket') return;
  const client = new pg.Client(poolSettings(administrator));
  await client.connect();
  try {
    const role = pg.escapeIdentifier(wanted.user);
    const roles = await client.query('select 1 from pg_roles where rolname = $1', [wanted.user]);
    if (roles.rowCount === 0) {
      await client.query(`create role ${role} login password ${pg.escapeLiteral(wanted.password.reveal())}`);
    }
    const databases = await client.query('select 1 from pg_database where datname = $1', [wanted.database]);
    if (databases.rowCount === 0) {
      await client.query(`create database ${pg.escapeIdentifier(wanted.database)} owner ${role}`);
    }
  } finally {
    await client.end();
  }
}
