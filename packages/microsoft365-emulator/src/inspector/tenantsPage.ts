import { type Html, html } from '../http/html.ts';
import type { Tenant } from '../store/Tenant.ts';
import { inspectorPage, inspectorPaths } from './layout.ts';

/** What there is: every tenant with the number of objects of each kind. */
export function tenantsPage(tenants: readonly Tenant[], switches: object, faults: readonly object[]): string {
  const content = html`<h1>Tenants</h1>
${tenants.map(tenantCard)}
<section class="card"><h2>Switches</h2>
<details><summary>Settings</summary><pre>${JSON.stringify(switches, undefined, 2)}</pre></details>
<details><summary>Planned faults (${faults.length})</summary><pre>${JSON.stringify(faults, undefined, 2)}</pre></details>
</section>`;
  return inspectorPage('Tenants', content, 'tenants');
}

function tenantCard(tenant: Tenant): Html {
  const { record } = tenant;
  const kinds = [...tenant.collections].filter(([, collection]) => collection.size > 0);
  return html`<section class="card">
<h2>${record.displayName}</h2>
<p class="quiet">${record.initialDomain}, ${tenant.id}</p>
<h3>Objects</h3>
<dl>${kinds.map(
    ([name, collection]) =>
      html`<div><dt><a href="${inspectorPaths.collection(tenant.id, name)}">${name}</a></dt><dd>${String(collection.size)}</dd></div>`,
  )}</dl>
<h3>Subscriptions</h3>
<dl>${tenant.skus
    .values()
    .map(
      ({ id, skuPartNumber, enabled }) =>
        html`<div><dt>${skuPartNumber}</dt><dd>${String(tenant.seatsTaken.get(id) ?? 0)} of ${String(enabled)}</dd></div>`,
    )}</dl>
</section>`;
}
