import { get } from 'node:https';
import { getCACertificates } from 'node:tls';

/** What a server answered to one harmless request; any status is an answer. */
export type ProbeResult =
  | { readonly reached: true; readonly status: number; readonly date: Date | undefined; readonly milliseconds: number }
  | { readonly reached: false; readonly reason: 'certificate' | 'name' | 'connection'; readonly evidence: string };

const TIMEOUT_MS = 10_000;
const CERTIFICATE_ERROR = /^(CERT_|ERR_TLS_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_)/;
const NAME_ERROR = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ENODATA']);

function failure(error: unknown): ProbeResult {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const evidence = error instanceof Error ? error.message : String(error);
  if (CERTIFICATE_ERROR.test(code)) return { reached: false, reason: 'certificate', evidence };
  return { reached: false, reason: NAME_ERROR.has(code) ? 'name' : 'connection', evidence: evidence || code };
}

/** Asks a server for a page that needs no sign-in, to learn whether it can be reached, trusted, and what time it has. */
export function probeHttps(url: string, caPem: string | undefined): Promise<ProbeResult> {
  const startedAt = performance.now();
  return new Promise((resolve) => {
    const ca = caPem === undefined ? undefined : [...getCACertificates('default'), caPem];
    const request = get(url, { timeout: TIMEOUT_MS, agent: false, ...(ca === undefined ? {} : { ca }) }, (response) => {
      response.resume();
      const text = response.headers.date;
      const date = text === undefined ? undefined : new Date(text);
      resolve({
        reached: true,
        status: response.statusCode ?? 0,
        date: date === undefined || Number.isNaN(date.getTime()) ? undefined : date,
        milliseconds: Math.round(performance.now() - startedAt),
      });
    });
    request.on('timeout', () => request.destroy(new Error(`No answer within ${TIMEOUT_MS / 1000} seconds`)));
    request.on('error', (error) => resolve(failure(error)));
  });
}
