import type { FastifyInstance, FastifyRequest } from 'fastify';
import { fileError } from '../../files/fileErrors.ts';
import type { HttpServices } from '../../http/HttpServices.ts';
import { originOf } from '../../http/originOf.ts';
import { serve } from '../../http/serve.ts';
import type { ItemRecord } from '../../store/filesRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import type { World } from '../../store/World.ts';
import type { GraphAnswer } from '../GraphCall.ts';
import { GraphError } from '../GraphError.ts';
import type { GraphService } from '../GraphService.ts';
import { graphRequestOf, httpAnswer } from '../graphRoutes.ts';
import { DOWNLOAD_PATH } from './downloadUrl.ts';
import { driveItemView } from './itemViews.ts';
import {
  cancelUpload,
  commitUpload,
  getUploadSession,
  receivePart,
  type UploadContext,
  type UploadState,
  uploadStatus,
} from './receiveUpload.ts';
import { sendDownload } from './sendDownload.ts';
import { MONITOR_PATH } from './writeItems.ts';

const UPLOAD_PATH = '/_api/v2.0/drives/:drive/items/:item/uploadSession';
const LARGEST_BODY = 64 * 1024 * 1024;

/** The addresses that Graph hands out and that need no token: to upload to, to download from, to watch a copy. */
export function registerTransfers(app: FastifyInstance, world: World, service: GraphService, http: HttpServices): void {
  app.get(
    DOWNLOAD_PATH,
    serve(http, (request) => {
      const { range, 'if-none-match': ifNoneMatch } = request.headers;
      return sendDownload(world, { ticket: queryOf(request).get('tempauth') ?? '', range, ifNoneMatch });
    }),
  );
  app.get(
    `${MONITOR_PATH}/:tenant/:job`,
    serve(http, async (request) =>
      httpAnswer(await service.respond(graphRequestOf(request), async () => copyStatus(world, request))),
    ),
  );
  app.route({
    method: ['GET', 'PUT', 'POST', 'DELETE'],
    url: UPLOAD_PATH,
    bodyLimit: LARGEST_BODY,
    handler: serve(http, async (request) =>
      httpAnswer(await service.respond(graphRequestOf(request), async () => upload(world, http, request))),
    ),
  });
}

function queryOf(request: FastifyRequest): URLSearchParams {
  return new URL(request.url, 'https://localhost').searchParams;
}

function upload(world: World, http: HttpServices, request: FastifyRequest): GraphAnswer {
  const settings = http.settings();
  if (settings.refusesTokenOnUpload && request.headers.authorization !== undefined) {
    throw new GraphError(401, 'unauthenticated', 'An upload session takes no token.');
  }
  const query = queryOf(request);
  const tenant = world.tenants.get(query.get('tenant') ?? '');
  if (tenant === undefined) throw fileError('uploadGone');
  const context: UploadContext = { world, tenant, settings };
  const session = getUploadSession(context, (query.get('guid') ?? '').replaceAll("'", ''));
  switch (request.method) {
    case 'GET':
      return { status: 200, body: uploadStatus(session) };
    case 'DELETE':
      cancelUpload(context, session);
      return { status: 204 };
    case 'POST':
      return uploadAnswer(context, request, commitUpload(context, session));
    default: {
      const bytes = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const range = request.headers['content-range'];
      return uploadAnswer(context, request, receivePart(context, session, range, bytes));
    }
  }
}

function uploadAnswer(context: UploadContext, request: FastifyRequest, state: UploadState): GraphAnswer {
  if (state.item === undefined) return { status: 202, body: uploadStatus(state.session) };
  return { status: state.isNew ? 201 : 200, body: itemBody(context, request, state.item) };
}

function itemBody({ world, tenant, settings }: UploadContext, request: FastifyRequest, item: ItemRecord): object {
  const site = tenant.files.sites.get(item.siteId);
  const list = tenant.files.lists.get(item.listId);
  if (site === undefined || list === undefined) throw fileError('uploadGone');
  const asking = { world, tenant, settings, root: `${originOf(request)}/v1.0` };
  const body = driveItemView(asking, { site, list }).toObject(item);
  return { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#driveItem/$entity', ...body };
}

function copyStatus(world: World, request: FastifyRequest): GraphAnswer {
  const { tenant: tenantId = '', job: id = '' } = request.params as Record<string, string>;
  const tenant: Tenant | undefined = world.tenants.get(tenantId);
  const job = tenant?.files.copyJobs.get(id);
  if (tenant === undefined || job === undefined) throw fileError('itemMissing');
  const about = { '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#oneDrive.asyncOperationStatus' };
  const operation = 'itemCopy';
  if (job.doneAt > tenant.now().getTime()) {
    return { status: 202, body: { ...about, operation, percentageComplete: 50, status: 'inProgress' } };
  }
  if (job.error !== null) {
    const { code, message } = job.error;
    return { status: 200, body: { ...about, operation, errorCode: code, error: { code, message }, status: 'failed' } };
  }
  const body = { ...about, operation, percentageComplete: 100, resourceId: job.itemId, status: 'completed' };
  return { status: 200, body };
}
