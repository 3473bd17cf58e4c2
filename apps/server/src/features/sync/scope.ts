import type { NotManagedReason, ScopeRule, SyncScope } from '@isthmus/contracts';
import type { DirectoryUser } from '@isthmus/directory';

/** What decides about the scope. */
export type ScopedUser = Pick<DirectoryUser, 'id' | 'dn' | 'groupDns' | ScopeRule['attribute']>;

const normal = (text: string): string => text.trim().toLowerCase();

/** RFC 4514: blanks around a comma mean nothing, and a comma after a backslash belongs to a value. */
function partsOf(dn: string): readonly string[] {
  return (normal(dn).match(/(?:\\.|[^,\\])+/gs) ?? []).map((part) => part.trim());
}

function isBelow(dn: string, unit: string): boolean {
  const parts = partsOf(dn);
  const wanted = partsOf(unit);
  const offset = parts.length - wanted.length;
  return offset > 0 && wanted.every((part, index) => part === parts[offset + index]);
}

function holds(user: ScopedUser, rule: ScopeRule): boolean {
  const found = normal(user[rule.attribute] ?? '');
  const wanted = normal(rule.value);
  switch (rule.operator) {
    case 'equals':
      return found === wanted;
    case 'not-equals':
      return found !== wanted;
    case 'contains':
      return found.includes(wanted);
    case 'starts-with':
      return found.startsWith(wanted);
  }
}

/** Why the pass leaves this person alone; undefined when it manages the person. Pure. */
export function whyNotManaged(user: ScopedUser, scope: SyncScope): NotManagedReason | undefined {
  if (scope.excluded.includes(user.id)) return 'excluded';
  if (scope.units.length > 0 && !scope.units.some((unit) => isBelow(user.dn, unit))) return 'outside-units';
  const groups = scope.groups.map((dn) => partsOf(dn).join());
  const isMember = (): boolean => user.groupDns.some((dn) => groups.includes(partsOf(dn).join()));
  if (groups.length > 0 && !isMember()) return 'outside-groups';
  return scope.rules.every((rule) => holds(user, rule)) ? undefined : 'outside-filter';
}

export function inScope(user: ScopedUser, scope: SyncScope): boolean {
  return whyNotManaged(user, scope) === undefined;
}
