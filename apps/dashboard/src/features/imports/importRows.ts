import type { ImportCandidate, Plan, UserFileRow } from '@isthmus/contracts';

/** One person of the list, whichever the source. */
export interface ImportRow {
  readonly id: string;
  readonly name: string;
  /** Online address, when there is one. */
  readonly address: string | undefined;
  /** Line of the file, when it is of a file. */
  readonly line: number | undefined;
  readonly userName: string;
  readonly ticked: boolean;
  /** It cannot be imported whatever its user name. */
  readonly locked: boolean;
  readonly problem: string | undefined;
  readonly warning: string | undefined;
}

/** What the administrator changed; everything else is as the server proposed it. */
export interface RowChoices {
  readonly ticks: Readonly<Record<string, boolean>>;
  readonly userNames: Readonly<Record<string, string>>;
}

interface Told {
  readonly message: string;
  readonly remedy?: string | undefined;
}

const sentence = ({ message, remedy }: Told): string => [message, remedy].filter(Boolean).join(' ');

/** The key under which a refusal is remembered: another user name is another question. */
export const questionOf = (row: Pick<ImportRow, 'id' | 'userName'>): string => `${row.id} ${row.userName}`;

export function rowsOfCandidates(
  candidates: readonly ImportCandidate[],
  choices: RowChoices,
  only: ReadonlySet<string> | undefined,
  refusals: Readonly<Record<string, string>>,
): readonly ImportRow[] {
  return candidates.map(({ onlineAccountId: id, displayName, address, blocked, selected, warnings, ...candidate }) => {
    const locked = blocked !== null;
    const suggested = only === undefined ? selected : only.has(id);
    const ticked = !locked && (choices.ticks[id] ?? suggested);
    const userName = choices.userNames[id] ?? candidate.userName;
    const [warning] = blocked === null ? warnings : [blocked];
    return {
      id,
      name: displayName || address,
      address,
      line: undefined,
      userName,
      ticked,
      locked,
      problem: ticked ? refusals[questionOf({ id, userName })] : undefined,
      warning: warning && sentence(warning),
    };
  });
}

export function rowsOfFile(
  rows: readonly UserFileRow[],
  choices: RowChoices,
  refusals: Readonly<Record<string, string>>,
): readonly ImportRow[] {
  return rows.map(({ line, values }) => {
    const id = String(line);
    const userName = choices.userNames[id] ?? values.userName ?? '';
    const ticked = choices.ticks[id] ?? true;
    return {
      id,
      name: values.displayName ?? userName,
      address: values.onlineAddress,
      line,
      userName,
      ticked,
      locked: false,
      problem: ticked ? refusals[questionOf({ id, userName })] : undefined,
      warning: undefined,
    };
  });
}

/** Why the server refuses rows; the items of a plan come in the order of the rows that were sent. */
export function refusalsOfRows(plan: Plan, sent: readonly ImportRow[]): Readonly<Record<string, string>> {
  const refused = sent.flatMap((row, index) => {
    const item = plan.items[index];
    if (item === undefined || item.blocked === null) return [];
    const others = item.warnings.map(sentence);
    return [[questionOf(row), [sentence(item.blocked), ...others].join(' ')] as const];
  });
  return Object.fromEntries(refused);
}

/** People who are there already with the same values. */
export function countUnchanged(plan: Plan): number {
  return plan.items.filter(({ actions, blocked }) => blocked === null && actions.length === 0).length;
}
