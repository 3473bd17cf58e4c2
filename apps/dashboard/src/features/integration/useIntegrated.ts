import { useQuery } from '@tanstack/react-query';
import { queryOf } from '../../shell/api.ts';

/** Whether a tenant is connected; undefined while that is not known. */
export function useIntegrated(): boolean | undefined {
  const state = useQuery(queryOf('getIntegration', {})).data?.state;
  return state === undefined ? undefined : state === 'integrated' || state === 'broken';
}
