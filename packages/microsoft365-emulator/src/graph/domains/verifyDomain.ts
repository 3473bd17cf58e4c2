import type { Answer } from 'dns-packet';
import { type DnsQuestion, type DnsResult, queryDns, readDnsServer } from '../../dns/queryDns.ts';
import type { DomainRecord } from '../../store/records.ts';
import type { World } from '../../store/World.ts';
import { notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, ok } from '../GraphCall.ts';
import { contextOf, project } from '../odata/project.ts';
import { defaultNames } from '../odata/ResourceType.ts';
import { domainRefusals, type VerificationFailure } from './domainRefusals.ts';
import { verifyWithSubdomains } from './domainTree.ts';
import { domainType, readDomain } from './domainType.ts';
import { getDomainToWrite } from './readDomains.ts';
import { verificationMx, verificationTxt } from './verificationRecords.ts';

/** POST /domains/{id}/verify: asks DNS for the TXT or MX record that proves who owns the domain. */
export async function verifyDomain(call: GraphCall): Promise<GraphAnswer> {
  const { tenant, world } = call;
  const domain = getDomainToWrite(call);
  if (domain.isVerified) throw domainRefusals.verifiedAlready();
  const failure = await findFailure(call, domain);
  if (failure !== undefined) throw domainRefusals.verificationFailed(failure);
  // Whoever verified the name while DNS was asked has it; and it may have been deleted meanwhile.
  if (isVerifiedElsewhere(world, domain)) throw domainRefusals.verificationFailed('takenByAnotherTenant');
  const current = tenant.domains.get(domain.id);
  if (current === undefined) throw notFound(domain.id);
  const verified = world.transaction(() => verifyWithSubdomains(tenant, current));
  const shown = project((name) => readDomain(verified, name), defaultNames(domainType));
  return ok({
    '@odata.context': contextOf(call, 'domains', true),
    ...shown,
    availabilityStatus: 'AvailableImmediately',
  });
}

function isVerifiedElsewhere(world: World, { id }: DomainRecord): boolean {
  return [...world.tenants.values()].some((tenant) => tenant.domains.get(id)?.isVerified === true);
}

/** Why the domain cannot be verified; undefined when one of the two records is there. */
async function findFailure(call: GraphCall, domain: DomainRecord): Promise<VerificationFailure | undefined> {
  const name = domain.id;
  const txt = await ask(call, { name, type: 'TXT' });
  if (hasAnswer(txt, (answer) => textIn(answer).toLowerCase() === verificationTxt(domain).toLowerCase())) {
    return undefined;
  }
  const mx = await ask(call, { name, type: 'MX' });
  if (hasAnswer(mx, (answer) => exchangeIn(answer) === verificationMx(domain))) return undefined;
  if (txt.kind === 'failed' || mx.kind === 'failed') return 'unanswered';
  const hasOther = hasAnswer(txt, (answer) => /^MS=/i.test(textIn(answer)));
  return hasOther || hasAnswer(mx, (answer) => exchangeIn(answer).endsWith('.msv1.invalid')) ? 'wrong' : 'absent';
}

function hasAnswer(result: DnsResult, isWanted: (answer: Answer) => boolean): boolean {
  return result.kind === 'answered' && result.answers.some(isWanted);
}

function textIn(answer: Answer): string {
  if (answer.type !== 'TXT') return '';
  const parts = Array.isArray(answer.data) ? answer.data : [answer.data];
  return parts.map(String).join('').trim();
}

function exchangeIn(answer: Answer): string {
  return answer.type === 'MX' ? answer.data.exchange.toLowerCase().replace(/\.$/, '') : '';
}

/** Asks the name server, unless it said lately that there is no such record. */
async function ask({ tenant, world, settings }: GraphCall, question: DnsQuestion): Promise<DnsResult> {
  const id = `${question.name}/${question.type}`;
  const { negativeAnswers } = tenant.directory;
  const now = tenant.now().getTime();
  const known = settings.dnsNegativeCaching ? negativeAnswers.get(id) : undefined;
  if (known !== undefined && known.until > now) return { kind: 'absent', believeSeconds: 0 };
  const result = await queryDns(question, readDnsServer(settings.dnsResolver), settings.dnsTimeoutMs);
  if (result.kind === 'absent' && result.believeSeconds > 0) {
    world.transaction(() => negativeAnswers.put({ id, until: now + result.believeSeconds * 1000 }));
  }
  return result;
}
