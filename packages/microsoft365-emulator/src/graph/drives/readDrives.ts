import { listsOf } from '../../files/lists.ts';
import { isLibrary } from '../../files/listTemplates.ts';
import { levels } from '../../files/roleDefinitions.ts';
import type { GraphAnswer, GraphCall } from '../GraphCall.ts';
import { getSite } from '../sites/findSite.ts';
import { driveView } from './driveViews.ts';
import { answerList, answerOne } from './filesOdata.ts';
import { getDrive } from './findDrive.ts';
import { listView } from './itemViews.ts';
import { levelOf, requireLevel } from './requireLevel.ts';

/** GET /drives/{id} and the drive of a user, group, site or list. */
export function readDrive(call: GraphCall): GraphAnswer {
  const drive = getDrive(call);
  const { site, list } = drive;
  requireLevel(call, site, levels.read, { siteId: site.id, list });
  return answerOne(call, driveView(call.tenant), 'drives', drive);
}

/** GET …/drives: the libraries of a site, a group's site or a user's OneDrive. */
export function listDrives(call: GraphCall): GraphAnswer {
  const site = call.params['user'] === undefined ? getSite(call) : getDrive(call).site;
  requireLevel(call, site, levels.read);
  const values = listsOf(call.tenant, site)
    .filter((list) => isLibrary(list) && !list.isHidden && list.template === 'documentLibrary')
    .map((list) => ({ site, list }))
    .filter(({ list }) => levelOf(call, site, { siteId: site.id, list }) >= levels.read);
  return answerList(call, { ...driveView(call.tenant), set: 'drives', values });
}

/** GET /drives/{id}/list */
export function readListOfDrive(call: GraphCall): GraphAnswer {
  const { site, list } = getDrive(call);
  requireLevel(call, site, levels.read, { siteId: site.id, list });
  return answerOne(call, listView(call, site), 'list', list);
}
