import type { Plan } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { queryOf } from '../../../shell/api.ts';
import { useWizardDraft } from '../../../ui/wizard/useWizardDraft.ts';
import { refusalsOf } from '../bulkAccounts.ts';
import { type MatchChoices, pairRows } from './matchPairs.ts';

const emptyDraft: MatchChoices = { ticks: {}, accounts: {} };

/** The proposed pairs, with what was chosen among them so far. */
export function useMatchPairs() {
  const [draft, change, forget] = useWizardDraft<MatchChoices>('match-online-accounts', emptyDraft);
  const [refusals, setRefusals] = useState<Readonly<Record<string, string>>>({});
  const matches = useQuery(queryOf('listMatches', { query: {} }));
  const rows = useMemo(() => pairRows(matches.data?.items ?? [], draft), [matches.data, draft]);
  const ticked = useMemo(() => rows.filter((row) => row.ticked), [rows]);
  const keyOf = (userId: string, accountId: string | undefined): string => `${userId} ${accountId}`;
  return {
    matches,
    rows,
    ticked,
    hasData: draft !== emptyDraft,
    forget,
    setTicks: (ticks: Readonly<Record<string, boolean>>) =>
      change((before) => ({ ...before, ticks: { ...before.ticks, ...ticks } })),
    /** Whoever chooses an account for a person wants the pair. */
    setAccount: (userId: string, accountId: string) =>
      change((before) => ({
        ticks: { ...before.ticks, [userId]: accountId !== '' },
        accounts: { ...before.accounts, [userId]: accountId },
      })),
    refusalOf: (userId: string, accountId: string | undefined): string | undefined =>
      refusals[keyOf(userId, accountId)],
    /** Remembers what the server refuses of the very pairs it was asked about, and answers how many. */
    refuse: (plan: Plan): number => {
      const refused = refusalsOf(plan);
      const byPair = ticked.flatMap(({ match, accountId }) => {
        const reason = refused[match.userId];
        return reason === undefined ? [] : [[keyOf(match.userId, accountId), reason] as const];
      });
      setRefusals(Object.fromEntries(byPair));
      return byPair.length;
    },
  };
}

export type MatchPairs = ReturnType<typeof useMatchPairs>;
