import { type Operation, operations } from '@isthmus/contracts';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => escapes[character] ?? character);

const STYLE = `
  :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
  body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { text-align: left; padding: .4rem .6rem; border-bottom: 1px solid #8884; vertical-align: top; }
  code { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: anywhere; }
`;

function row(operation: Operation): string {
  return `<tr id="${escapeHtml(operation.id)}"><td><code>${operation.method} /api/v1${escapeHtml(operation.path)}</code></td>
    <td>${escapeHtml(operation.summary)}</td><td><code>${escapeHtml(operation.permission)}</code></td></tr>`;
}

/** A page for people that lists the API; it needs no script and nothing from elsewhere. */
export function apiDocsPage(version: string): string {
  const all = Object.values(operations) as Operation[];
  const features = [...new Set(all.map((operation) => operation.feature))];
  const sections = features.map(
    (feature) => `<h2 id="feature-${escapeHtml(feature)}">${escapeHtml(feature)}</h2>
      <table><thead><tr><th scope="col">Request</th><th scope="col">What it does</th><th scope="col">Permission</th></tr>
      </thead><tbody>${all
        .filter((operation) => operation.feature === feature)
        .map(row)
        .join('')}</tbody></table>`,
  );
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Isthmus API</title>
    <meta name="viewport" content="width=device-width"><style>${STYLE}</style></head><body><main><h1>Isthmus API</h1>
    <p>Version ${escapeHtml(version)}. The machine-readable description is <a href="/api/v1/openapi.json">OpenAPI 3.1</a>.
    Sign in with <code>POST /api/v1/session</code> and <code>{"kind": "token"}</code>, then send
    <code>Authorization: Bearer …</code>. Errors are problem details (RFC 9457) with a stable <code>code</code> and a
    <code>remedy</code>. <code>GET /api/v1/events</code> is a stream of Server-Sent Events.</p>
    ${sections.join('')}</main></body></html>`;
}
