import type { Plan } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { useWizardDraft } from '../../ui/wizard/useWizardDraft.ts';
import { addressProblem, type BulkChoices, type BulkRow, countAddresses, refusalsOf } from './bulkAccounts.ts';

interface BulkDraft extends BulkChoices {
  readonly domain: string;
  readonly skuIds: readonly string[];
  readonly usageLocation: string;
}
const emptyDraft: BulkDraft = { ticks: {}, addresses: {}, domain: '', skuIds: [], usageLocation: '' };

/** The people without an online account, with what was chosen for them so far. */
export function useBulkAccounts(only: string | undefined) {
  const { t } = useTranslation('onlineAccounts');
  const [draft, change, forget] = useWizardDraft<BulkDraft>(`add-online-accounts ${only}`, emptyDraft);
  const [refusals, setRefusals] = useState<Readonly<Record<string, string>>>({});
  const domainList = useQuery(queryOf('listDomains', {}));
  const tenant = useQuery(queryOf('getIntegration', {})).data?.tenant;
  const domains = useMemo(() => domainList.data?.items.filter((domain) => domain.isVerified) ?? [], [domainList.data]);
  const domain = draft.domain || domains.find((known) => known.isDefault)?.name || '';
  const proposals = useQuery({
    ...queryOf('listProposals', { query: { domain } }),
    enabled: domain !== '',
  });
  const rows = useMemo<readonly BulkRow[]>(() => {
    const chosen = (proposals.data?.items ?? []).map((proposal) => ({
      proposal,
      ticked: draft.ticks[proposal.userId] ?? (only === undefined ? proposal.selected : proposal.userId === only),
      address: draft.addresses[proposal.userId] ?? proposal.address,
    }));
    const uses = countAddresses(chosen);
    const names = domains.map((known) => known.name);
    return chosen.map((row) => {
      const problem = row.ticked ? addressProblem(row.address, names, uses) : undefined;
      const refusal = row.ticked ? refusals[`${row.proposal.userId} ${row.address}`] : undefined;
      return { ...row, problem: problem === undefined ? refusal : t(`problem.${problem}`) };
    });
  }, [proposals.data, draft.ticks, draft.addresses, refusals, domains, only, t]);
  const ticked = useMemo(() => rows.filter((row) => row.ticked), [rows]);
  return {
    rows,
    ticked,
    domain,
    domains,
    proposals,
    skuIds: draft.skuIds,
    usageLocation: draft.usageLocation || (tenant?.defaultUsageLocation ?? ''),
    hasData: draft !== emptyDraft,
    forget,
    setDomain: (next: string) => change((before) => ({ ...before, domain: next, addresses: {} })),
    setSkuIds: (skuIds: readonly string[]) => change((before) => ({ ...before, skuIds })),
    setUsageLocation: (usageLocation: string) => change((before) => ({ ...before, usageLocation })),
    setTicks: (ticks: Readonly<Record<string, boolean>>) =>
      change((before) => ({ ...before, ticks: { ...before.ticks, ...ticks } })),
    setAddress: (userId: string, address: string) =>
      change((before) => ({ ...before, addresses: { ...before.addresses, [userId]: address.trim() } })),
    /** Remembers what the server refuses, for the very addresses it was asked about. */
    refuse: (plan: Plan) => {
      const refused = refusalsOf(plan);
      const byAddress = ticked.flatMap(({ proposal, address }) => {
        const reason = refused[proposal.userId];
        return reason === undefined ? [] : [[`${proposal.userId} ${address}`, reason] as const];
      });
      setRefusals(Object.fromEntries(byAddress));
      return byAddress.length;
    },
  };
}

export type BulkAccounts = ReturnType<typeof useBulkAccounts>;
