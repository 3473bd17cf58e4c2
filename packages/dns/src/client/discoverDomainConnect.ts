import { z } from 'zod';
import type { DnsClient } from './DnsClient.ts';

const TIMEOUT_MS = 5_000;
const HOST = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?(\/[a-z0-9/_-]*)?$/i;

const settingsSchema = z.object({
  providerName: z.string().min(1).max(200),
  urlSyncUX: z.url({ protocol: /^https$/ }).optional(),
  urlControlPanel: z.string().max(2000).optional(),
});

/** How the provider of a domain lets people change its records in the browser (Domain Connect, draft "Discovery"). */
export interface DomainConnect {
  readonly providerName: string;
  /** Where the owner signs in to the provider; undefined when it names none. */
  readonly controlPanelUrl: string | undefined;
}

/**
 * Looks whether the provider takes part in Domain Connect; undefined when not, or when it cannot be reached.
 * Microsoft’s template can be applied only by Microsoft, so what is of use is who the provider is and where to sign in.
 */
export async function discoverDomainConnect(
  domain: string,
  client: DnsClient,
  fetcher: typeof fetch = fetch,
): Promise<DomainConnect | undefined> {
  const answer = await client.ask(`_domainconnect.${domain}`, 'TXT');
  if (answer.kind !== 'answered') return undefined;
  const host = answer.records
    .map((record) => (record.type === 'TXT' ? record.text : ''))
    .find((text) => HOST.test(text));
  if (host === undefined) return undefined;
  try {
    const reply = await fetcher(`https://${host}/v2/${domain}/settings`, {
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const settings = settingsSchema.parse(await reply.json());
    const panel = settings.urlControlPanel?.replaceAll('%domain%', encodeURIComponent(domain));
    const isSafe = panel !== undefined && URL.canParse(panel) && new URL(panel).protocol === 'https:';
    return { providerName: settings.providerName, controlPanelUrl: isSafe ? panel : undefined };
  } catch {
    return undefined;
  }
}
