import type { Caller } from '../graph/Caller.ts';
import type { Settings } from '../settings.ts';
import type { ItemRecord, ListRecord, SiteRecord } from '../store/filesRecords.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { World } from '../store/World.ts';
import type { Resource } from './Resource.ts';

/** Opens things that lead to each other in circles. */
export interface Openers {
  list(call: RestCall, list: ListRecord): Resource;
  item(call: RestCall, list: ListRecord, item: ItemRecord): Resource;
}

/** One call of SharePoint's classic interface at a site. */
export interface RestCall {
  readonly method: string;
  /** Whether it came as POST, whatever `X-HTTP-Method` makes of it. */
  readonly isPosted: boolean;
  readonly world: World;
  readonly tenant: Tenant;
  readonly settings: Settings;
  readonly caller: Caller;
  readonly site: SiteRecord;
  /** `https://host` under which the caller reached the site. */
  readonly origin: string;
  /** Below `/_api`, without the query. */
  readonly resourcePath: string;
  readonly query: URLSearchParams;
  /** Header names are in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly bytes: Buffer;
  readonly open: Openers;
}
