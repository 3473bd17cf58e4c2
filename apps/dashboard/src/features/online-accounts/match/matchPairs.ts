import type { Match } from '@isthmus/contracts';

/** What the administrator changed in the list of pairs; everything else is as the server proposed it. */
export interface MatchChoices {
  readonly ticks: Readonly<Record<string, boolean>>;
  /** Chosen online account by user id. */
  readonly accounts: Readonly<Record<string, string>>;
}

export type PairProblem = 'unchosen' | 'double';

export interface PairRow {
  readonly match: Match;
  readonly ticked: boolean;
  /** Undefined while somebody has to choose among several. */
  readonly accountId: string | undefined;
  readonly problem: PairProblem | undefined;
}

/** A name alone is weak evidence, and an ambiguous pair is a question: neither is accepted unasked. */
function acceptedUnasked({ ambiguous, confidence }: Match): boolean {
  return !ambiguous && confidence !== 'possible';
}

/** The pairs with what was chosen for them; what is ticked and cannot be linked as it stands says why. */
export function pairRows(matches: readonly Match[], choices: MatchChoices): readonly PairRow[] {
  const chosen = matches.map((match) => ({
    match,
    ticked: choices.ticks[match.userId] ?? acceptedUnasked(match),
    accountId: choices.accounts[match.userId] ?? (match.ambiguous ? undefined : match.accounts[0]?.id),
  }));
  const uses = new Map<string, number>();
  for (const { ticked, accountId } of chosen) {
    if (ticked && accountId !== undefined) uses.set(accountId, (uses.get(accountId) ?? 0) + 1);
  }
  const problemOf = ({ ticked, accountId }: (typeof chosen)[number]): PairProblem | undefined => {
    if (!ticked) return undefined;
    if (accountId === undefined) return 'unchosen';
    return (uses.get(accountId) ?? 0) > 1 ? 'double' : undefined;
  };
  return chosen.map((row) => ({ ...row, problem: problemOf(row) }));
}
