import type { HttpAnswer } from '../http/HttpAnswer.ts';
import type { Tenant } from '../store/Tenant.ts';
import type { CmdletInput } from './CmdletInput.ts';
import type { ExchangeCaller } from './ExchangeCaller.ts';
import type { ExchangeRequest, ExchangeResult } from './ExchangeRequest.ts';
import { type PageRules, packPage, pageSize } from './paging.ts';
import type { Rows } from './Rows.ts';
import { writeShape } from './shapes/Shape.ts';

const NUL_BYTES = '\0'.repeat(64);
const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

interface Page {
  readonly tenant: Tenant;
  readonly rows: Rows;
  readonly position: number;
  readonly input: CmdletInput;
  readonly rules: PageRules;
  readonly warnings: readonly string[];
}

/** A page of a cmdlet's objects, with the link to the next one. */
export function writePage(request: ExchangeRequest, { tenant, rows, position, input, rules, warnings }: Page): object {
  const selected = request.query.get('$select');
  const names = selected === null ? undefined : new Set(selected.toLowerCase().split(/\s*,\s*/));
  const end = Math.min(rows.count, position + sizeOfPage(request, input));
  const value = [];
  for (let index = position; index < end; index += 1) value.push(writeShape(rows.at(index), names));
  const base = `${request.origin}/adminapi/${request.version}/${request.tenant}`;
  const select = selected === null ? '' : `&$select=${encodeURIComponent(selected)}`;
  const next = (): string =>
    `${base}/${request.endpoint}?$skiptoken=${packPage({ position: end, input }, rules)}${select}`;
  return {
    '@odata.context': `${request.origin}/adminapi/${request.version}/${tenant.id}/$metadata#Collection(Exchange.GenericHashTable)`,
    'adminapi.warnings@odata.type': '#Collection(String)',
    '@adminapi.warnings': warnings,
    ...(end < rows.count ? { '@odata.nextLink': next() } : {}),
    value,
  };
}

/** In v2.0 `ResultSize` is the size of a page. */
function sizeOfPage({ version, headers }: ExchangeRequest, { Parameters }: CmdletInput): number {
  const asked = Parameters['ResultSize'];
  if (version === 'v2.0' && typeof asked === 'number' && asked > 0) return Math.min(1000, asked);
  return pageSize(headers['prefer']);
}

/** Headers of every answer. */
export function plainHeaders(
  requestId: string,
  status: number,
  caller: ExchangeCaller | undefined,
): Readonly<Record<string, string>> {
  return {
    'request-id': requestId,
    'x-backendhttpstatus': String(status),
    'x-calculatedbetarget': 'NAMPR01A001.namprd01.prod.outlook.com',
    'x-exchangeversion': '15.20.0.0',
    'x-feserver': 'NAMPR01A001',
    'ms-cv': `${Buffer.from(requestId).toString('base64').slice(0, 22)}.1.1`,
    ...(caller === undefined ? {} : { 'x-ms-appid': caller.appId, 'x-usertype': 'Business' }),
  };
}

/** The answer as it goes out. A refused role gets NUL bytes that claim to be compressed, as from the real service. */
export function httpAnswer({ status, headers, body, requestId, caller }: ExchangeResult): HttpAnswer {
  const userId = caller?.kind === 'user' ? caller.objectId : undefined;
  const call = { requestId, appId: caller?.appId, userId };
  if (body === undefined) return { status, headers, call };
  if (body === null) {
    const disguise = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    return { status, headers: { ...headers, ...disguise }, body: NUL_BYTES, call };
  }
  const odata = { 'content-type': JSON_TYPE, 'odata-version': '4.0' };
  const applied = status === 200 ? { 'preference-applied': 'odata.include-annotations="*"' } : {};
  return { status, headers: { ...odata, ...applied, ...headers }, body: JSON.stringify(body), call };
}
