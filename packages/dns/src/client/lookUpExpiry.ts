import { z } from 'zod';

const TIMEOUT_MS = 5_000;
/** Redirects to the registry that is responsible for the name (RFC 9224 tells which). */
const BOOTSTRAP = 'https://rdap.org';

const domainSchema = z.object({
  events: z.array(z.object({ eventAction: z.string(), eventDate: z.string() })).default([]),
});

/** When the registration of a domain ends, by RDAP (RFC 9083, section 4.5); undefined when nobody says. */
export async function lookUpExpiry(registrable: string, fetcher: typeof fetch = fetch): Promise<Date | undefined> {
  try {
    const reply = await fetcher(`${BOOTSTRAP}/domain/${registrable}`, {
      headers: { accept: 'application/rdap+json' },
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!reply.ok) return undefined;
    const { events } = domainSchema.parse(await reply.json());
    const date = new Date(events.find(({ eventAction }) => eventAction === 'expiration')?.eventDate ?? Number.NaN);
    return Number.isNaN(date.getTime()) ? undefined : date;
  } catch {
    return undefined;
  }
}
