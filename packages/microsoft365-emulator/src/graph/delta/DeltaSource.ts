import type { ChangeLog } from '../../store/ChangeLog.ts';
import type { PropertyValue } from '../../store/records.ts';
import type { GraphCall } from '../GraphCall.ts';
import type { GraphError } from '../GraphError.ts';
import type { ResourceType } from '../odata/ResourceType.ts';

export type DeltaObject = Record<string, PropertyValue>;

/** How one of Microsoft's services words delta queries. */
export interface DeltaDialect {
  /** Query option that holds the token in links to further pages, and in the link to the next round. */
  readonly pageOption: string;
  readonly roundOption: string;
  /** Query options that are refused. */
  readonly refusedOptions: readonly string[];
  /** Whether `$top` sets the size of pages. */
  readonly hasTop: boolean;
  /** What is told about an object that is gone; `isRestorable` while it is in the bin. */
  removed(id: string, isRestorable: boolean): DeltaObject;
  /** The answer to a token that is too old. */
  outdated(call: GraphCall): GraphError;
}

/** Objects of one kind whose changes are followed. */
export interface DeltaSource<T extends { readonly id: string }> {
  readonly type: ResourceType;
  /** Set in the context when it is not the type's own. */
  readonly set?: string;
  readonly dialect: DeltaDialect;
  readonly changes: ChangeLog;
  /** How long a change stays unknown to the replica that answers. */
  readonly lagMs: number;
  /** All objects as the replica shows them, in a stable order. */
  readonly visible: () => readonly T[];
  /** The object as it is now. */
  readonly find: (id: string) => T | undefined;
  readonly read: (value: T, name: string) => PropertyValue | undefined;
  /** Number of the change that last touched a property; 0 when none did. */
  readonly changedAt: (value: T, name: string) => number;
  readonly isRestorable: (id: string) => boolean;
  /** Names besides the type's properties that `$select` may hold, such as `members`. */
  readonly relations?: readonly string[];
  /** What is shown besides properties, such as `members@delta`; `since` is 0 in the first round. */
  readonly related?: (value: T, round: DeltaRound) => DeltaObject;
}

export interface DeltaRound {
  /** Changes up to this number are known to the caller. */
  readonly since: number;
  /** The names of `$select`, undefined without one. */
  readonly selected: readonly string[] | undefined;
}
