import { Html, html } from '../http/html.ts';

export const inspectorPaths = {
  home: '/_emulator',
  entrance: '/_emulator/view/enter',
  requests: '/_emulator/view/requests',
  newRequests: '/_emulator/view/requests/new',
  style: '/_emulator/view/inspector.css',
  script: '/_emulator/view/inspector.js',
  collection: (tenantId: string, name: string): string => `/_emulator/view/tenants/${tenantId}/${name}`,
  record: (tenantId: string, name: string, id: string): string =>
    `/_emulator/view/tenants/${tenantId}/${name}/${encodeURIComponent(id)}`,
};

/** A page of the inspector; `here` marks where in the navigation it belongs. */
export function inspectorPage(title: string, content: Html, here?: 'tenants' | 'requests'): string {
  const link = (url: string, text: string, isHere: boolean): Html =>
    html`<a href="${url}"${new Html(isHere ? ' aria-current="page"' : '')}>${text}</a>`;
  const navigation =
    here === undefined
      ? html``
      : html`<nav aria-label="Inspector">${link(inspectorPaths.home, 'Tenants', here === 'tenants')}${link(inspectorPaths.requests, 'Requests', here === 'requests')}</nav>`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Microsoft 365 emulator</title>
<link rel="stylesheet" href="${inspectorPaths.style}"><link rel="icon" href="data:,">
<script src="${inspectorPaths.script}" defer></script>
</head>
<body>
<header><p class="brand">Microsoft 365 emulator</p>${navigation}</header>
<main>${content}</main>
</body>
</html>
`.text;
}
