import { type Html, html } from '../http/html.ts';
import type { Collection, Identified } from '../store/Collection.ts';
import type { Tenant } from '../store/Tenant.ts';
import { inspectorPage, inspectorPaths } from './layout.ts';
import { addressOf, labelOf, shownRecord } from './shownRecord.ts';

const PAGE = 100;

export interface CollectionQuery {
  readonly find: string;
  readonly page: number;
}

/** Objects of one kind, whatever kind it is. */
export function collectionPage(
  tenant: Tenant,
  name: string,
  collection: Collection<Identified>,
  { find, page }: CollectionQuery,
): string {
  const wanted = find.trim().toLowerCase();
  const matches = (value: Identified): boolean => JSON.stringify(shownRecord(value)).toLowerCase().includes(wanted);
  const found = wanted === '' ? collection.values() : collection.values().filter(matches);
  const shown = found.slice((page - 1) * PAGE, page * PAGE);
  const url = inspectorPaths.collection(tenant.id, name);
  const content = html`<h1>${name}</h1>
<p class="quiet">${tenant.record.displayName}: ${String(found.length)} of ${String(collection.size)}</p>
<form method="get" action="${url}" role="search">
<div><label for="find">Find</label><input id="find" name="find" type="search" value="${find}"></div>
<button type="submit">Find</button>
</form>
<section class="card" aria-label="Objects">
<ul>${shown.map((value) => row(tenant, name, value))}</ul>
</section>
${pager(url, find, { page, last: Math.max(1, Math.ceil(found.length / PAGE)) })}`;
  return inspectorPage(name, content, 'tenants');
}

function row(tenant: Tenant, name: string, value: Identified): Html {
  const label = labelOf(value);
  const more = [addressOf(value) ?? value.id, value.id].filter((text) => text !== label);
  const quiet = more.length === 0 ? html`` : html`<br><span class="quiet">${[...new Set(more)].join(', ')}</span>`;
  return html`<li><a href="${inspectorPaths.record(tenant.id, name, value.id)}">${label}</a>${quiet}</li>`;
}

function pager(url: string, find: string, { page, last }: { page: number; last: number }): Html {
  const to = (number: number): string => `${url}?${new URLSearchParams({ find, page: String(number) })}`;
  const previous = page > 1 ? html`<a href="${to(page - 1)}">Previous page</a>` : html``;
  const next = page < last ? html`<a href="${to(page + 1)}">Next page</a>` : html``;
  return html`<nav aria-label="Pages">${previous}<span>Page ${String(page)} of ${String(last)}</span>${next}</nav>`;
}

/** One object as it is stored, secrets left out. */
export function recordPage(tenant: Tenant, name: string, value: Identified): string {
  const content = html`<h1>${labelOf(value)}</h1>
<p class="quiet">${tenant.record.displayName}, <a href="${inspectorPaths.collection(tenant.id, name)}">${name}</a></p>
<section class="card" aria-label="Record"><pre>${JSON.stringify(shownRecord(value), undefined, 2)}</pre></section>`;
  return inspectorPage(labelOf(value), content, 'tenants');
}
