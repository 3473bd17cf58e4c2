import { type Html, html } from '../http/html.ts';
import type { LoggedRequest, RequestFilter } from '../RequestLog.ts';
import { inspectorPage, inspectorPaths } from './layout.ts';

const SHOWN = 200;

/** Finds what people call an application. */
export type ApplicationNames = (appId: string) => string | undefined;

export interface RequestList {
  readonly requests: readonly LoggedRequest[];
  readonly applicationName: ApplicationNames;
}

/** The request log, newest first; the page's script adds what comes in. */
export function requestsPage(
  { requests, applicationName }: RequestList,
  filter: RequestFilter,
  latest: number,
): string {
  const shown = newestFirst(requests);
  const content = html`<h1>Requests</h1>
<form method="get" action="${inspectorPaths.requests}" role="search">
${field('clientRequestId', 'client-request-id', filter.clientRequestId)}
${field('url', 'Part of the URL', filter.url)}
${field('method', 'Method', filter.method, true)}
${field('status', 'Status', filter.status?.toString(), true)}
<button type="submit">Filter</button>
<button type="button" id="live" hidden>Pause</button>
</form>
<p id="summary" class="quiet">${shown.length === 1 ? '1 request shown' : `${shown.length} requests shown`}</p>
<section class="card" aria-label="Request log">
<ol id="requests" data-source="${inspectorPaths.newRequests}" data-latest="${String(latest)}">${shown.map((request) => row(request, applicationName))}</ol>
</section>`;
  return inspectorPage('Requests', content, 'requests');
}

/** Rows for requests that came in since. */
export function requestRows({ requests, applicationName }: RequestList): string {
  return newestFirst(requests)
    .map((request) => row(request, applicationName).text)
    .join('');
}

function newestFirst(requests: readonly LoggedRequest[]): LoggedRequest[] {
  return requests.slice(-SHOWN).toReversed();
}

function field(name: string, label: string, value: string | undefined, isNarrow = false): Html {
  return html`<div class="${isNarrow ? 'narrow' : 'wide'}"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" value="${value ?? ''}" autocomplete="off"></div>`;
}

function row(request: LoggedRequest, applicationName: ApplicationNames): Html {
  const { at, method, url, status, durationMs, clientRequestId, batchItemId, fault, resourceUnits } = request;
  const isGood = status >= 200 && status < 400;
  const more = [
    ...(batchItemId === null ? [] : [`item ${batchItemId} of a batch`]),
    ...(fault === null ? [] : ['planned fault']),
    ...(resourceUnits === 0 ? [] : [`${resourceUnits} RU`]),
    ...(request.appId === null ? [] : [applicationName(request.appId) ?? `application ${request.appId}`]),
    ...(request.userId === null ? [] : [`user ${request.userId}`]),
  ];
  const link = `${inspectorPaths.requests}?${new URLSearchParams({ clientRequestId: clientRequestId ?? '' })}`;
  const id = clientRequestId === null ? html`` : html`<br>client-request-id <a href="${link}">${clientRequestId}</a>`;
  return html`<li><div class="request">
<time datetime="${at}">${at.slice(11, 23)}</time>
<span>${method}</span>
<span class="status ${isGood ? 'good' : 'bad'}">${status === 0 ? 'cut' : String(status)}</span>
<span class="url">${url}</span>
<span class="quiet">${String(durationMs)} ms</span>
<span class="more quiet">${more.join(', ')}${id}</span>
</div></li>`;
}
