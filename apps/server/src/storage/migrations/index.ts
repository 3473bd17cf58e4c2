import type { Kysely } from 'kysely';
import { up as firstTables } from './0001-first-tables.ts';
import { up as holds } from './0002-holds.ts';
import { up as licenses } from './0003-licenses.ts';
import { up as groupLinks } from './0004-group-links.ts';
import { up as syncPasses } from './0005-sync-passes.ts';
import { up as tenantRoles } from './0006-tenant-roles.ts';
import { up as offboarding } from './0010-offboarding.ts';
import { up as userTemplates } from './0011-user-templates.ts';
import { up as searchTexts } from './0013-search-texts.ts';
import { up as rememberedLinks } from './0014-remembered-links.ts';
import { up as domains } from './0015-domains.ts';
import { up as deletionsSeen } from './0017-deletions-seen.ts';
import { up as onlineSignIns } from './0018-online-sign-ins.ts';
import { up as mailedAlerts } from './0019-mailed-alerts.ts';
import { up as timelineSequence } from './0020-timeline-sequence.ts';
import { up as searchIndex } from './0021-search-index.ts';

export interface Migration {
  readonly name: string;
  readonly up: (database: Kysely<unknown>) => Promise<void>;
}

/** In the order in which they are applied; forward only, never changed once released. */
export const migrations: readonly Migration[] = [
  { name: '0001-first-tables', up: firstTables },
  { name: '0002-holds', up: holds },
  { name: '0003-licenses', up: licenses },
  { name: '0004-group-links', up: groupLinks },
  { name: '0005-sync-passes', up: syncPasses },
  { name: '0006-tenant-roles', up: tenantRoles },
  { name: '0010-offboarding', up: offboarding },
  { name: '0011-user-templates', up: userTemplates },
  { name: '0013-search-texts', up: searchTexts },
  { name: '0014-remembered-links', up: rememberedLinks },
  { name: '0015-domains', up: domains },
  { name: '0017-deletions-seen', up: deletionsSeen },
  { name: '0018-online-sign-ins', up: onlineSignIns },
  { name: '0019-mailed-alerts', up: mailedAlerts },
  { name: '0020-timeline-sequence', up: timelineSequence },
  { name: '0021-search-index', up: searchIndex },
];
