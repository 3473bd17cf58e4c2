const SECRET = /^(salt|hash|secret.*|private.*|password|token|accessToken|refreshToken)$/i;
const LONGEST = 2000;

/** A record as people may see it: without secrets, and without contents that would fill the page. */
export function shownRecord(value: unknown): unknown {
  if (typeof value === 'string' && value.length > LONGEST) {
    return `${value.slice(0, LONGEST)}… (${value.length} characters)`;
  }
  if (Array.isArray(value)) return value.map(shownRecord);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, part]) => {
    const isSecret = SECRET.test(name) && (typeof part === 'string' || /^private/i.test(name));
    return [name, isSecret ? '[masked]' : shownRecord(part)];
  });
  return Object.fromEntries(entries);
}

/** A further name of a record, such as the sign-in name of a user. */
export function addressOf(value: object): string | undefined {
  const { properties = value } = value as { readonly properties?: object };
  const { userPrincipalName, mail } = properties as { readonly userPrincipalName?: unknown; readonly mail?: unknown };
  return [userPrincipalName, mail].find((text) => typeof text === 'string');
}

const NAMES = ['displayName', 'userPrincipalName', 'name', 'Name', 'title', 'skuPartNumber', 'subject', 'kind'];

/** What people would call a record of whatever kind; its id when it has no name. */
export function labelOf(value: object): string {
  const record = value as Readonly<Record<string, unknown>>;
  const inner = [record['properties'], record['value']].filter((part) => typeof part === 'object' && part !== null);
  for (const place of [record, ...inner] as Readonly<Record<string, unknown>>[]) {
    const name = NAMES.map((known) => place[known]).find((text) => typeof text === 'string' && text !== '');
    if (typeof name === 'string') return name;
  }
  const nested = (record['value'] as { properties?: object } | undefined)?.properties;
  return nested === undefined ? String(record['id']) : labelOf({ ...nested, id: record['id'] });
}
