import { randomInt } from 'node:crypto';
import { type DomainDetails, domainOperations } from '@isthmus/contracts';
import { recordsText } from '@isthmus/dns';
import type { Router } from '../../http/Router.ts';
import { changeDomain, setDefaultDomain } from './changeDomain.ts';
import type { DomainParts } from './DomainParts.ts';
import { DomainWatch } from './DomainWatch.ts';
import { addDnsProvider, listDnsProviders, removeDnsProvider } from './dnsProviders.ts';
import { linkDomain, planLink } from './linkDomain.ts';
import { listDomains } from './listDomains.ts';
import { asWritten, isThere, presentChange, presentDomain } from './presentDomain.ts';
import { purposeTexts } from './purposeTexts.ts';
import { unlinkDomain } from './unlinkDomain.ts';
import { demandWatched, findWatched } from './watchedDomains.ts';
import { undoRecords, writeRecords } from './writeRecords.ts';

/** How the routes see one domain: as it is kept, or looked at anew. */
interface Views {
  kept(name: string): Promise<DomainDetails>;
  looked(name: string): Promise<DomainDetails>;
}

/** Registers the operations of `contracts/domains.ts`. @returns the service that goes on looking at the domains */
export function registerDomains(router: Router, parts: DomainParts): DomainWatch {
  const { platform } = parts;
  const watch = new DomainWatch(parts);
  const find = async (name: string) => (await listDomains(platform)).find((domain) => domain.name === name);
  const views: Views = {
    kept: async (name) => presentDomain(await demandWatched(platform.database, name), await find(name)),
    looked: async (name) => presentDomain(await watch.inspect(name), await find(name)),
  };
  router.handle(domainOperations.listDomains, async () => {
    const items = await listDomains(platform);
    return { items, total: items.length };
  });
  router.handle(domainOperations.linkDomain, async (call) => {
    const plan = await planLink(platform, call.body.name);
    const answer = { ...plan, notices: [...plan.notices] };
    if (call.query.dryRun) {
      const row = await findWatched(platform.database, plan.name);
      return { ...answer, done: false, domain: row === undefined ? null : await views.kept(plan.name) };
    }
    await linkDomain(platform, plan, call);
    return { ...answer, done: true, domain: await views.looked(plan.name) };
  });
  router.handle(domainOperations.setDefaultDomain, async ({ params: { name }, actor, requestId }) => {
    await setDefaultDomain(parts, name, { actor, requestId });
    const known = { name, shown: name, isInitial: false, isVerified: true, state: null, checkedAt: null };
    return { ...known, ...(await find(name)), isDefault: true };
  });
  router.handle(domainOperations.unlinkDomain, ({ params, body, query, actor, requestId }) =>
    unlinkDomain(parts, params.name, { confirm: body.confirm, dryRun: query.dryRun }, { actor, requestId }),
  );
  registerRecords(router, parts, views);
  registerProviders(router, parts);
  return watch;
}

function registerRecords(router: Router, { platform }: DomainParts, views: Views): void {
  router.handle(domainOperations.getDomain, ({ params }) => views.kept(params.name));
  router.handle(domainOperations.checkDomain, ({ params }) => views.looked(params.name));
  router.handle(domainOperations.changeDomain, async ({ params: { name }, body, actor, requestId }) => {
    await changeDomain(platform, name, body, { actor, requestId });
    return views.looked(name);
  });
  router.handle(domainOperations.writeDomainRecords, async ({ params: { name }, body, query, actor, requestId }) => {
    const request = { ...body, dryRun: query.dryRun };
    const { done, zone, changes, conflicts } = await writeRecords(platform, name, request, { actor, requestId });
    const domain = await (query.dryRun ? views.kept(name) : views.looked(name));
    return { done, zone, changes: changes.map((one) => presentChange(one, name)), conflicts: [...conflicts], domain };
  });
  router.handle(domainOperations.undoDomainRecords, async ({ params: { name }, query, actor, requestId }) => {
    const { done, changes } = await undoRecords(platform, name, query.dryRun, { actor, requestId });
    const domain = await (query.dryRun ? views.kept(name) : views.looked(name));
    return { done, changes: changes.map((one) => presentChange(one, name)), domain };
  });
  router.handleText(domainOperations.downloadDomainRecords, async ({ params }) => {
    const row = await demandWatched(platform.database, params.name);
    const records = row.checks
      .filter((check) => !isThere(check))
      .map((check) => ({ record: asWritten(check, row.has_moved), what: purposeTexts[check.wanted.purpose] }));
    // Named as the original did; the number keeps earlier files.
    return { fileName: `NewDNSRecords_(${randomInt(1000, 10_000)}).txt`, text: recordsText(row.name, records) };
  });
}

function registerProviders(router: Router, { platform }: DomainParts): void {
  router.handle(domainOperations.listDnsProviders, async () => {
    const items = await listDnsProviders(platform);
    return { items, total: items.length };
  });
  router.handle(domainOperations.addDnsProvider, ({ body, actor, requestId }) =>
    addDnsProvider(platform, body, { actor, requestId }),
  );
  router.handle(domainOperations.removeDnsProvider, ({ params, actor, requestId }) =>
    removeDnsProvider(platform, params.id, { actor, requestId }),
  );
}
