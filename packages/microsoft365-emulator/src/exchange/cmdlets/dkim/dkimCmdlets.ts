import { randomUUID } from 'node:crypto';
import type { DkimRecord } from '../../../store/exchangeRecords.ts';
import { choice, flag, text } from '../../binding/ParameterType.ts';
import type { Cmdlet, CmdletCall } from '../../Cmdlet.ts';
import { ExchangeError } from '../../errors/ExchangeError.ts';
import { listing } from '../../listing.ts';
import { noRows, rowsOf } from '../../Rows.ts';
import { isAccepted } from '../../recipients/addresses.ts';
import { configurationName } from '../../shapes/distinguishedName.ts';
import { activeSelector, cnameTarget, makeDkimKey, other } from './dkimRecords.ts';
import { dkimShape } from './dkimShape.ts';
import { hasCname } from './hasCname.ts';

const namespace = 'Microsoft.Exchange.Management.SystemConfigurationTasks';
const canonicalization = choice(`${namespace}.CanonicalizationType`, 'Relaxed', 'Simple');
const keySize = choice('System.UInt16', '1024', '2048');
// How long the old key goes on signing. Microsoft documentation: Rotate-DkimSigningConfig.
const ROTATION_MS = 4 * 24 * 3600 * 1000;

export const getDkimSigningConfig: Cmdlet = {
  name: 'Get-DkimSigningConfig',
  area: 'organization',
  parameters: { Identity: text },
  run: (call) => {
    const identity = call.parameters.text('Identity');
    const records = identity === undefined ? call.tenant.exchange.dkim.values() : [wanted(call)];
    return listing(call, records, (record) => dkimShape(call, record));
  },
};

export const newDkimSigningConfig: Cmdlet = {
  name: 'New-DkimSigningConfig',
  area: 'organization',
  parameters: {
    DomainName: text,
    Enabled: flag,
    KeySize: keySize,
    HeaderCanonicalization: canonicalization,
    BodyCanonicalization: canonicalization,
  },
  mandatory: ['DomainName', 'Enabled'],
  run: async (call) => {
    const record = await checked(call, await newRecord(call));
    call.change(() => call.tenant.exchange.dkim.put(record));
    return rowsOf([record], (one) => dkimShape(call, one));
  },
};

export const setDkimSigningConfig: Cmdlet = {
  name: 'Set-DkimSigningConfig',
  area: 'organization',
  parameters: {
    Identity: text,
    Enabled: flag,
    PublishTxtRecords: flag,
    HeaderCanonicalization: canonicalization,
    BodyCanonicalization: canonicalization,
  },
  mandatory: ['Identity'],
  run: async (call) => {
    const known = wanted(call);
    const enabled = call.parameters.flag('Enabled') ?? known.enabled;
    const record = await checked(call, { ...known, enabled, ...canonicalizations(call, known) });
    call.change(() => call.tenant.exchange.dkim.put(record));
    return noRows;
  },
};

export const rotateDkimSigningConfig: Cmdlet = {
  name: 'Rotate-DkimSigningConfig',
  area: 'organization',
  parameters: { Identity: text, KeySize: keySize },
  mandatory: ['Identity'],
  run: async (call) => {
    const known = wanted(call);
    const now = call.tenant.now().getTime();
    const active = activeSelector(known, now);
    const fresh = await makeDkimKey(sizeFor(call));
    const [first, second] = known.selectors;
    const selectors = other(active) === 0 ? ([fresh, second] as const) : ([first, fresh] as const);
    call.change(() => call.tenant.exchange.dkim.put({ ...known, selectors, active, rotateOn: now + ROTATION_MS }));
    return noRows;
  },
};

async function newRecord(call: CmdletCall): Promise<DkimRecord> {
  const { tenant, parameters } = call;
  const domain = (parameters.text('DomainName') ?? '').toLowerCase();
  if (!isAccepted(tenant, domain)) throw new ExchangeError('targetNotFound', { identity: domain });
  if (tenant.exchange.dkim.get(domain) !== undefined) {
    throw new ExchangeError('objectExists', { name: configurationName(tenant, 'Hosted Dkim Signing', domain) });
  }
  const size = sizeFor(call);
  const now = tenant.now().getTime();
  return {
    id: domain,
    guid: randomUUID(),
    enabled: parameters.flag('Enabled') === true,
    createdAt: now,
    lastChecked: now,
    status: 'CnameMissing',
    ...canonicalizations(call, { headerCanonicalization: 'Relaxed', bodyCanonicalization: 'Relaxed' }),
    selectors: [await makeDkimKey(size), await makeDkimKey(size)],
    active: 1,
    rotateOn: now,
  };
}

function sizeFor({ parameters }: CmdletCall): 1024 | 2048 {
  return parameters.text('KeySize') === '2048' ? 2048 : 1024;
}

type Canonicalizations = Pick<DkimRecord, 'headerCanonicalization' | 'bodyCanonicalization'>;

function canonicalizations({ parameters }: CmdletCall, known: Canonicalizations): Canonicalizations {
  const given = (name: string): 'Relaxed' | 'Simple' | undefined =>
    parameters.text(name) as 'Relaxed' | 'Simple' | undefined;
  return {
    headerCanonicalization: given('HeaderCanonicalization') ?? known.headerCanonicalization,
    bodyCanonicalization: given('BodyCanonicalization') ?? known.bodyCanonicalization,
  };
}

/** The record after DNS was asked for its two CNAMEs; it cannot be switched on without them. */
async function checked(call: CmdletCall, record: DkimRecord): Promise<DkimRecord> {
  const { tenant, settings } = call;
  const first = cnameTarget(tenant, settings, record.id, 1);
  const second = cnameTarget(tenant, settings, record.id, 2);
  const isPublished =
    (await hasCname(settings, `selector1._domainkey.${record.id}`, first)) &&
    (await hasCname(settings, `selector2._domainkey.${record.id}`, second));
  if (record.enabled && !isPublished) throw new ExchangeError('cnameMissing', { domain: record.id, first, second });
  return { ...record, status: isPublished ? 'Valid' : 'CnameMissing', lastChecked: tenant.now().getTime() };
}

function wanted({ tenant, parameters }: CmdletCall): DkimRecord {
  const identity = parameters.text('Identity') ?? '';
  const record = tenant.exchange.dkim.get(identity.toLowerCase());
  if (record === undefined) throw new ExchangeError('targetNotFound', { identity });
  return record;
}
