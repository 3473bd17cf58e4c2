import { Checkbox, Field, Select, Text } from '@fluentui/react-components';
import type { DomainDetails } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryOf, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { DomainDialog } from './DomainDialog.tsx';
import { ZoneChanges } from './ZoneChanges.tsx';

interface WriteRecordsDialogProps {
  readonly domain: DomainDetails;
  /** Whom to choose from; `where` tells those of similar names apart. */
  readonly providers: readonly { readonly id: string; readonly name: string; readonly where?: string }[];
  readonly onClose: () => void;
}

/** What would be written through a provider, before and after; then it is written. */
export function WriteRecordsDialog({ domain, providers, onClose }: WriteRecordsDialogProps) {
  const { t } = useTranslation('domains');
  const { announce } = useVoice();
  const queryClient = useQueryClient();
  const { name } = domain;
  const [providerId, setProviderId] = useState(providers[0]?.id ?? '');
  const [replaceConflicts, setReplaceConflicts] = useState(false);
  const body = { providerId, replaceConflicts };
  const plan = useQuery({
    queryKey: ['writeDomainRecords', name, body],
    queryFn: ({ signal }) =>
      api.call('writeDomainRecords', { params: { name }, query: { dryRun: 'true' }, body }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  const write = useCall('writeDomainRecords');
  const run = (): void =>
    write.mutate(
      { params: { name }, query: {}, body },
      {
        onSuccess: (answer) => {
          queryClient.setQueryData(queryOf('getDomain', { params: { name } }).queryKey, answer.domain);
          announce(t('write.done'));
          onClose();
        },
        // What the zone holds is another by now, or could not be written: the plan is made anew.
        onError: () => void plan.refetch(),
      },
    );
  const conflicts = plan.data?.conflicts.length ?? 0;
  return (
    <DomainDialog
      title={t('write.dialog', { name: domain.shown })}
      verb={t('write.verb')}
      ready={(plan.data?.changes.length ?? 0) > 0}
      busy={write.isPending}
      error={write.error}
      onSubmit={run}
      onClose={onClose}
    >
      <Field label={t('write.provider')}>
        <Select value={providerId} onChange={(_event, data) => setProviderId(data.value)}>
          {providers.map((provider) => (
            <option key={provider.id} value={provider.id}>
              {provider.where === undefined ? provider.name : `${provider.name} (${provider.where})`}
            </option>
          ))}
        </Select>
      </Field>
      {plan.isPending && <Waiting label={t('write.reading')} />}
      {plan.isError && <ProblemMessage error={plan.error} onRetry={() => void plan.refetch()} />}
      {plan.data !== undefined && (
        <>
          <Text>{t('write.zone', { zone: plan.data.zone })}</Text>
          {plan.data.changes.length === 0 && conflicts === 0 && (
            <StateLabel tone="success">{t('write.nothing')}</StateLabel>
          )}
          <ZoneChanges changes={plan.data.changes} />
          {conflicts > 0 && <StateLabel tone="warning">{t('write.conflicts', { count: conflicts })}</StateLabel>}
        </>
      )}
      {(conflicts > 0 || replaceConflicts) && (
        <Checkbox
          label={t('write.replace')}
          checked={replaceConflicts}
          onChange={(_event, data) => setReplaceConflicts(data.checked === true)}
        />
      )}
    </DomainDialog>
  );
}
