import { fileError } from '../../files/fileErrors.ts';
import { levels } from '../../files/roleDefinitions.ts';
import { hasSharePoint, liveSites } from '../../files/sites.ts';
import type { SiteRecord } from '../../store/filesRecords.ts';
import { answerList, answerOne } from '../drives/filesOdata.ts';
import { levelOf, requireLevel } from '../drives/requireLevel.ts';
import type { GraphAnswer, GraphCall } from '../GraphCall.ts';
import { getSite } from './findSite.ts';
import { siteView } from './siteView.ts';

/** GET /sites: with `search`, what is found; without it, the root site alone. */
export function listSites(call: GraphCall): GraphAnswer {
  if (!hasSharePoint(call.tenant)) throw fileError('noLicense');
  const search = call.query.get('search') ?? call.query.get('$search');
  const wanted = search?.trim().toLowerCase().replaceAll(/^"|"$/g, '');
  const values = liveSites(call.world, call.tenant)
    .filter((site) => (wanted === undefined ? site.kind === 'root' : isFound(site, wanted)))
    .filter((site) => levelOf(call, site) >= levels.read && !site.isLocked);
  return answerList(call, { ...siteView(call.tenant), set: 'sites', values });
}

/** A star finds everything; any other text what begins a word of the name, the address or the description. */
function isFound(site: SiteRecord, wanted: string): boolean {
  const text = wanted.replaceAll('*', '');
  if (text === '') return site.kind !== 'personal';
  return [site.displayName, site.path, site.description].some((part) => part.toLowerCase().includes(text));
}

/** GET /sites/getAllSites: every site of the organization, people's own ones included; for applications only. */
export function getAllSites(call: GraphCall): GraphAnswer {
  if (!hasSharePoint(call.tenant)) throw fileError('noLicense');
  if (call.caller.kind === 'user') throw fileError('accessDenied');
  return answerList(call, { ...siteView(call.tenant), set: 'sites', values: liveSites(call.world, call.tenant) });
}

/** GET /sites/{id} */
export function readSite(call: GraphCall): GraphAnswer {
  const site = getSite(call);
  requireLevel(call, site, levels.read);
  return answerOne(call, siteView(call.tenant), 'sites', site);
}

/** GET /sites/{id}/sites: no site of the emulator has sites below it. */
export function listSubsites(call: GraphCall): GraphAnswer {
  requireLevel(call, getSite(call), levels.read);
  return answerList(call, { ...siteView(call.tenant), set: 'sites', values: [] });
}
