import type { Reader } from './evaluateFilter.ts';
import type { ResourceType } from './ResourceType.ts';

/** An object of any kind that another one leads to. */
export interface RelatedObject {
  readonly type: ResourceType;
  readonly read: Reader;
}

/** Where `$expand` leads from an object. */
export interface Relation<T> {
  /** False for one object or none, such as the manager. */
  readonly isCollection: boolean;
  readonly find: (value: T) => readonly RelatedObject[];
  /** For relations that lead on, such as from manager to manager: the same relation from the object that was found. */
  readonly next?: (related: RelatedObject) => readonly RelatedObject[];
}

export type Relations<T> = Readonly<Record<string, Relation<T>>>;
