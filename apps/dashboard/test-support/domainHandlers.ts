import type { DnsRecordView, DomainDetails, RecordCheckView, ZoneChangeView } from '@isthmus/contracts';
import { FakeProblem } from './FakeProblem.ts';
import { type FakeWorld, minutesAgo } from './FakeWorld.ts';
import type { Handlers } from './handlers.ts';
import { guid } from './people.ts';

const NAME = 'adatum.example';

function record(type: DnsRecordView['type'], label: string, value: string): DnsRecordView {
  return { type, name: label === '' ? NAME : `${label}.${NAME}`, host: label === '' ? '@' : label, value, ttl: 3600 };
}

function check(
  purpose: RecordCheckView['purpose'],
  wanted: DnsRecordView,
  verdict: RecordCheckView['verdict'],
  more: Partial<RecordCheckView> = {},
): RecordCheckView {
  const id = `${purpose}:${wanted.type}:${wanted.name}`;
  const base = { id, purpose, wanted, verdict, isOptional: false, alternative: null, isWildcard: false };
  return { ...base, found: verdict === 'found' ? [wanted] : [], shadow: [], notices: [], ...more };
}

const proof = record('TXT', '', 'MS=ms48151623');
const spf = record('TXT', '', 'v=spf1 ip4:192.0.2.7 include:spf.protection.outlook.com ~all');
const oldSpf = record('TXT', '', 'v=spf1 ip4:192.0.2.7 ~all');

const unproved: RecordCheckView[] = [
  check('ownership', proof, 'missing', { alternative: record('MX', '', '32767 ms48151623.msv1.invalid') }),
];

/** One of each verdict, as a zone in the middle of a migration has them. */
const services: RecordCheckView[] = [
  check('mail', record('MX', '', '20 adatum-example.mail.protection.outlook.com'), 'different', {
    found: [record('MX', '', '10 mail.adatum.example')],
    notices: [
      {
        code: 'domains.mail-elsewhere',
        message: 'Mail still goes to mail.adatum.example first.',
        remedy: 'When all mailboxes have moved, say so here: the preference is lowered then.',
      },
    ],
  }),
  check('sender-policy', spf, 'duplicated', {
    found: [oldSpf, record('TXT', '', 'v=spf1 mx -all')],
    notices: [
      {
        code: 'domains.too-many-lookups',
        message: 'The sender policy costs 12 questions; receivers stop after 10 and refuse the mail.',
        remedy: 'Take out senders that are not used any more.',
      },
    ],
  }),
  check('autodiscover', record('CNAME', 'autodiscover', 'autodiscover.outlook.com'), 'shadowed', {
    shadow: [record('A', 'autodiscover', '192.0.2.10')],
  }),
  check('webmail', record('CNAME', 'mail', 'mail.office365.com'), 'conflicting', {
    isOptional: true,
    found: [record('A', 'mail', '192.0.2.7')],
  }),
  check('communication', record('SRV', '_sip._tls', '100 1 443 sipdir.online.lync.com'), 'found'),
  check('communication', record('CNAME', 'lyncdiscover', 'webdir.online.lync.com'), 'not-yet-everywhere'),
  check('dmarc', record('TXT', '_dmarc', 'v=DMARC1; p=none'), 'unknown', { isOptional: true }),
];

function newDomain(): DomainDetails {
  return {
    name: NAME,
    shown: NAME,
    isDefault: false,
    isInitial: false,
    isVerified: false,
    state: 'waiting-for-dns',
    checkedAt: minutesAgo(1),
    registrable: NAME,
    isRoot: true,
    addedAt: minutesAgo(5),
    addedBy: 'ana.abe',
    verifiedAt: null,
    nextCheckAt: minutesAgo(-1),
    hasMoved: false,
    options: { webmail: true, dkim: false, dmarc: true },
    records: unproved,
    nameServers: ['ns1.registrar.example', 'ns2.registrar.example'],
    provider: { name: 'Registrar', url: 'https://registrar.example/dns' },
    expiresAt: minutesAgo(-60 * 24 * 200),
    problem: null,
    lastWrite: null,
  };
}

/** What the emulator does in the real system: it saw the proof. */
export function microsoftVerifies(world: FakeWorld): void {
  if (world.domain === undefined) throw new Error('No domain is linked');
  world.domain = {
    ...world.domain,
    isVerified: true,
    verifiedAt: minutesAgo(0),
    state: 'records-missing',
    records: services,
  };
  world.tell({ topic: 'integration' });
}

const changes: ZoneChangeView[] = [{ name: NAME, type: 'TXT', before: [oldSpf], after: [spf, proof] }];

function demand(world: FakeWorld): DomainDetails {
  if (world.domain !== undefined) return world.domain;
  throw new FakeProblem(404, 'domains.not-watched', 'This domain is not linked here.');
}

type Names =
  | 'listDomains'
  | 'linkDomain'
  | 'getDomain'
  | 'checkDomain'
  | 'changeDomain'
  | 'writeDomainRecords'
  | 'undoDomainRecords'
  | 'setDefaultDomain'
  | 'unlinkDomain'
  | 'listDnsProviders'
  | 'addDnsProvider'
  | 'removeDnsProvider';

export const domainHandlers = (world: FakeWorld): Pick<Handlers, Names> => ({
  ...domains(world),
  ...records(world),
  ...providers(world),
});

const domains = (
  world: FakeWorld,
): Pick<Handlers, 'listDomains' | 'linkDomain' | 'unlinkDomain' | 'setDefaultDomain'> => ({
  listDomains: () => {
    const known = (name: string, isDefault: boolean, isInitial: boolean) => ({
      name,
      shown: name,
      isDefault,
      isInitial,
      isVerified: true,
      state: null,
      checkedAt: null,
    });
    const items = [known('contoso.com', true, false), known('contoso.onmicrosoft.com', false, true)];
    return world.domain === undefined ? { items, total: 2 } : { items: [...items, world.domain], total: 3 };
  },
  linkDomain: ({ body, query }) => {
    if (!body.name.includes('.')) {
      throw new FakeProblem(400, 'dns.domain-name-single-label', 'It has only one part.', {
        field: 'name',
        remedy: 'Enter the whole name, such as contoso.com.',
      });
    }
    const answer = { name: NAME, shown: NAME, registrable: NAME, notices: [] };
    if (query.dryRun === true) return { ...answer, done: false, domain: null };
    world.domain = newDomain();
    return { ...answer, done: true, domain: world.domain };
  },
  setDefaultDomain: () => {
    world.domain = { ...demand(world), isDefault: true };
    return world.domain;
  },
  unlinkDomain: ({ body, query }) => {
    if (query.dryRun === true && world.domain?.isDefault === true) {
      const uses = world.users.slice(0, 12).map(({ id, userName }) => ({
        kind: 'user' as const,
        id,
        name: `${userName}@${NAME}`,
        userId: id,
      }));
      const message = '12 people, groups or applications still have names or addresses there.';
      return { done: false, uses, problem: { code: 'online.domain-in-use', message } };
    }
    if (query.dryRun === true) return { done: false, uses: [], problem: null };
    if (body.confirm !== NAME) throw new FakeProblem(400, 'domains.not-confirmed', 'Another name.');
    world.domain = undefined;
    return { done: true, uses: [], problem: null };
  },
});

const records = (
  world: FakeWorld,
): Pick<Handlers, 'getDomain' | 'checkDomain' | 'changeDomain' | 'writeDomainRecords' | 'undoDomainRecords'> => ({
  getDomain: () => demand(world),
  checkDomain: () => demand(world),
  changeDomain: ({ body }) => {
    const domain = demand(world);
    const { hasMoved = domain.hasMoved, options = {} } = body;
    const { webmail = domain.options.webmail, dkim = domain.options.dkim, dmarc = domain.options.dmarc } = options;
    world.domain = { ...domain, hasMoved, options: { webmail, dkim, dmarc } };
    return world.domain;
  },
  writeDomainRecords: ({ query, body }) => {
    const domain = demand(world);
    const conflicts = body.replaceConflicts ? [] : ['webmail'];
    if (query.dryRun === true) return { done: false, zone: NAME, changes, conflicts, domain };
    const lastWrite = { at: minutesAgo(0), by: 'ana.abe', provider: 'Our BIND', changes, undone: false };
    world.domain = { ...domain, lastWrite };
    return { done: true, zone: NAME, changes, conflicts, domain: world.domain };
  },
  undoDomainRecords: ({ query }) => {
    const domain = demand(world);
    if (query.dryRun !== true && domain.lastWrite !== null) {
      world.domain = { ...domain, lastWrite: { ...domain.lastWrite, undone: true } };
    }
    return { done: query.dryRun !== true, changes, domain: demand(world) };
  },
});

const providers = (world: FakeWorld): Pick<Handlers, 'listDnsProviders' | 'addDnsProvider' | 'removeDnsProvider'> => ({
  listDnsProviders: () => ({ items: [...world.dnsProviders], total: world.dnsProviders.length }),
  addDnsProvider: ({ body: { provider } }) => {
    if (provider.kind === 'rfc2136' && !provider.key.includes('secret')) {
      throw new FakeProblem(400, 'dns.key-invalid', 'The key cannot be used.', {
        field: 'key',
        remedy: 'Paste the file.',
      });
    }
    const where = provider.kind === 'rfc2136' ? provider.server : 'elsewhere';
    const added = {
      id: guid(12, 1),
      kind: provider.kind,
      name: provider.name,
      where,
      addedAt: minutesAgo(0),
      addedBy: 'ana.abe',
    };
    world.dnsProviders.push(added);
    return added;
  },
  removeDnsProvider: ({ params }) => {
    world.dnsProviders = world.dnsProviders.filter(({ id }) => id !== params.id);
  },
});
