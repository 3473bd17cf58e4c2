/** RFC 7208, section 4.6.4: terms that ask DNS, together with those of included policies. */
export const MOST_SPF_LOOKUPS = 10;

const SPF = /^v=spf1(?= |$)/i;
const ASKS_DNS = /^[+?~-]?(include:|a(?=[:/]|$)|mx(?=[:/]|$)|ptr(?=:|$)|exists:)/i;
const ALL = /^[+?~-]?all$/i;

/** Whether a TXT record is a sender policy (RFC 7208, section 4.5). */
export function isSpf(text: string): boolean {
  return SPF.test(text.trim());
}

function termsOf(text: string): string[] {
  return text.trim().split(/ +/).slice(1);
}

const bare = (term: string): string => term.replace(/^[+?~-]/, '').toLowerCase();

/** Whether a policy includes another domain's; `include` is a domain. */
export function includesPolicy(text: string, include: string): boolean {
  return termsOf(text).some((term) => bare(term) === `include:${include.toLowerCase()}` && !/^[?~-]/.test(term));
}

/**
 * One policy for all the senders of the ones there are and for the domain `include`. Terms stay in their order, each once;
 * the new one stands in front of `all`, behind which nothing counts. The strictness of the first `all` stays; where nothing
 * decides about everybody else, nobody else may send ("-all"), unless the policy leaves that to another one (`redirect=`).
 */
export function mergeSpf(existing: readonly string[], include: string): string {
  const terms = existing.flatMap(termsOf);
  const all = terms.find((term) => ALL.test(term));
  const redirect = terms.find((term) => /^redirect=/i.test(term));
  const wanted = `include:${include}`;
  const mechanisms = terms.filter((term) => !ALL.test(term) && !/^[a-z][a-z0-9_.-]*=/i.test(term));
  const others = mechanisms.filter((term) => bare(term) !== wanted.toLowerCase());
  const isThere = existing.some((text) => includesPolicy(text, include));
  const kept = isThere ? mechanisms : [...others, wanted];
  const modifiers = terms.filter((term) => /^(?!redirect=)[a-z][a-z0-9_.-]*=/i.test(term));
  // A redirect is followed only where no `all` stands.
  const end = all ?? redirect ?? '-all';
  return ['v=spf1', ...unique([...kept, ...modifiers]), end].join(' ');
}

function unique(terms: readonly string[]): string[] {
  const seen = new Set<string>();
  return terms.filter((term) => {
    const key = term.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * How many questions a receiver has to ask because of a policy; beyond {@link MOST_SPF_LOOKUPS} it refuses the mail for
 * good. Included policies that cannot be read count for themselves alone.
 * @param readPolicy the sender policy of a domain, undefined when it has none or it cannot be read
 */
export async function countSpfLookups(
  text: string,
  readPolicy: (domain: string) => Promise<string | undefined>,
): Promise<number> {
  return countWithin(text, readPolicy, new Set());
}

async function countWithin(
  text: string,
  readPolicy: (domain: string) => Promise<string | undefined>,
  seen: Set<string>,
): Promise<number> {
  const terms = termsOf(text);
  const asking = terms.filter((term) => ASKS_DNS.test(term) || /^redirect=/i.test(term));
  let count = asking.length;
  for (const term of asking) {
    const [, domain] = /^(?:[+?~-]?include:|redirect=)(.+)$/i.exec(term) ?? [];
    // Macros depend on the mail; a policy that includes itself is an error for the receiver, not for us.
    if (domain === undefined || domain.includes('%') || seen.has(domain.toLowerCase())) continue;
    if (count > MOST_SPF_LOOKUPS * 2) return count;
    seen.add(domain.toLowerCase());
    const included = await readPolicy(domain);
    if (included !== undefined) count += await countWithin(included, readPolicy, seen);
  }
  return count;
}
