interface Nested {
  readonly dn: string;
  readonly name: string;
  readonly memberOfDns: readonly string[];
}

/**
 * The group itself and every group inside it, over any number of steps and in circles too: name by DN in lower case.
 * Pure.
 */
export function nestedGroups(root: Nested, all: readonly Nested[]): ReadonlyMap<string, string> {
  const inside = new Map<string, Nested[]>();
  for (const group of all) {
    for (const dn of group.memberOfDns) {
      const key = dn.toLowerCase();
      inside.set(key, [...(inside.get(key) ?? []), group]);
    }
  }
  const found = new Map([[root.dn.toLowerCase(), root.name]]);
  const open = [root];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const group of inside.get(next.dn.toLowerCase()) ?? []) {
      if (found.has(group.dn.toLowerCase())) continue;
      found.set(group.dn.toLowerCase(), group.name);
      open.push(group);
    }
  }
  return found;
}
