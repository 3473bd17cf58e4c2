import type { DistributionGroupRecord } from '../../../store/exchangeRecords.ts';
import { applyListChange } from '../../binding/ListChange.ts';
import type { CmdletCall } from '../../Cmdlet.ts';
import { optionNames } from './distributionGroupShape.ts';

type Options = DistributionGroupRecord['options'];

/** The stored options after the parameters of a call. */
export function changedOptions({ parameters }: CmdletCall, known: Options): Options {
  const changed: Record<string, Options[string]> = { ...known };
  for (const name of optionNames) {
    const value = parameters.value(name);
    const list = parameters.list(name);
    if (list !== undefined) changed[name] = applyListChange(textsOf(known[name]), list);
    else if (typeof value === 'string' || typeof value === 'boolean') changed[name] = value;
    else if (value === null) changed[name] = '';
  }
  return changed;
}

function textsOf(value: Options[string] | undefined): readonly string[] {
  return value !== null && typeof value === 'object' ? value : [];
}
