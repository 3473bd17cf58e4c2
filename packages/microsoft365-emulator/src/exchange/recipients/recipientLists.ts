import type { ListChange } from '../binding/ListChange.ts';
import { applyListChange } from '../binding/ListChange.ts';
import type { CmdletCall } from '../Cmdlet.ts';
import { ExchangeError } from '../errors/ExchangeError.ts';
import { Recipients } from './Recipients.ts';

/** Ids of the recipients in a list after a parameter changed it; undefined when the parameter was not given. */
export function changedRecipientList(
  call: CmdletCall,
  parameter: string,
  known: readonly string[],
): readonly string[] | undefined {
  const change = call.parameters.list(parameter);
  if (change === undefined) return undefined;
  return applyListChange(known, withIds(call, parameter, change));
}

function withIds(call: CmdletCall, parameter: string, change: ListChange): ListChange {
  const recipients = new Recipients(call);
  const idsOf = (identities: readonly string[]): readonly string[] => {
    const ids = new Set<string>();
    for (const identity of identities) {
      const { id } = recipients.getReference(identity);
      if (ids.has(id)) throw new ExchangeError('duplicateInList', { parameter, identity });
      ids.add(id);
    }
    return [...ids];
  };
  if (change.kind === 'replace') return { kind: 'replace', values: idsOf(change.values) };
  return { kind: 'change', add: idsOf(change.add), remove: idsOf(change.remove) };
}
