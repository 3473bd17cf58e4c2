import { Button, makeStyles, Text } from '@fluentui/react-components';
import { Delete20Regular } from '@fluentui/react-icons';
import { DIRECTORY_DNS, type DnsProviderView, type DomainDetails } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { RelativeTime } from '../../ui/Time.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { AddProviderDialog } from './AddProviderDialog.tsx';
import { DomainDialog } from './DomainDialog.tsx';
import { UndoRecordsDialog } from './UndoRecordsDialog.tsx';
import { WriteRecordsDialog } from './WriteRecordsDialog.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '4px' },
  line: { display: 'flex', justifyContent: 'space-between', alignItems: 'center', gap: '8px' },
  name: { display: 'flex', flexDirection: 'column', minWidth: 0, overflowWrap: 'anywhere' },
  actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
});

function ForgetProviderDialog({
  provider,
  onClose,
}: {
  readonly provider: DnsProviderView;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('domains');
  const { announce } = useVoice();
  const queryClient = useQueryClient();
  const remove = useCall('removeDnsProvider');
  const run = (): void =>
    remove.mutate(
      { params: { id: provider.id } },
      {
        onSuccess: () => {
          void queryClient.invalidateQueries({ queryKey: ['listDnsProviders'] });
          announce(t('write.removed', { name: provider.name }));
          onClose();
        },
      },
    );
  return (
    <DomainDialog
      title={t('write.remove', { name: provider.name })}
      verb={t('write.removeVerb')}
      ready
      busy={remove.isPending}
      error={remove.error}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t('write.removeText')}</Text>
    </DomainDialog>
  );
}

function Provider({ provider, onForget }: { readonly provider: DnsProviderView; readonly onForget: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation('domains');
  return (
    <li className={styles.line}>
      <span className={styles.name}>
        <Text weight="semibold">{provider.name}</Text>
        <Text size={200}>{provider.where}</Text>
      </span>
      <Button
        appearance="subtle"
        icon={<Delete20Regular />}
        aria-label={t('write.remove', { name: provider.name })}
        onClick={onForget}
      />
    </li>
  );
}

function LastWrite({ write }: { readonly write: NonNullable<DomainDetails['lastWrite']> }) {
  const { t } = useTranslation('domains');
  const { by, provider, changes, at, undone } = write;
  return (
    <Text>
      {undone ? t('write.lastUndone', { by, provider }) : t('write.last', { by, provider, count: changes.length })}
      {', '}
      <RelativeTime instant={at} />
    </Text>
  );
}

/** Who lets us write the records, what was written last, and how to take it back. */
export function ProvidersSection({ domain }: { readonly domain: DomainDetails }) {
  const styles = useStyles();
  const linkStyles = useLinkStyles();
  const { t } = useTranslation('domains');
  const { data, error, refetch } = useQuery(queryOf('listDnsProviders', {}));
  const [dialog, setDialog] = useState<'add' | 'write' | 'writeInside' | 'undo'>();
  const [forgotten, setForgotten] = useState<DnsProviderView>();
  const close = (): void => setDialog(undefined);
  const providers = data?.items ?? [];
  const { lastWrite, provider } = domain;
  const isShadowed = domain.records.some(({ verdict }) => verdict === 'shadowed');
  const inside = { id: DIRECTORY_DNS, name: t('write.inside.provider') };
  return (
    <Section title={t('write.title')}>
      <Text>{t('write.text')}</Text>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data !== undefined && providers.length === 0 && <Text>{t('write.none')}</Text>}
      <ul className={styles.list}>
        {providers.map((one) => (
          <Provider key={one.id} provider={one} onForget={() => setForgotten(one)} />
        ))}
      </ul>
      {isShadowed && <StateLabel tone="warning">{t('write.inside.text')}</StateLabel>}
      {lastWrite !== null && <LastWrite write={lastWrite} />}
      <div className={styles.actions}>
        {providers.length > 0 && (
          <Button appearance="primary" onClick={() => setDialog('write')}>
            {t('write.open')}
          </Button>
        )}
        {isShadowed && <Button onClick={() => setDialog('writeInside')}>{t('write.inside.open')}</Button>}
        <Button onClick={() => setDialog('add')}>{t('write.add')}</Button>
        {lastWrite !== null && !lastWrite.undone && (
          <Button onClick={() => setDialog('undo')}>{t('write.undo')}</Button>
        )}
      </div>
      {provider !== null && <Text>{t('write.byHand', { provider: provider.name })}</Text>}
      {provider !== null && provider.url !== null && (
        <a href={provider.url} target="_blank" rel="noreferrer" className={linkStyles}>
          {t('write.panel', { provider: provider.name })}
        </a>
      )}
      {forgotten !== undefined && <ForgetProviderDialog provider={forgotten} onClose={() => setForgotten(undefined)} />}
      {dialog === 'add' && <AddProviderDialog domain={domain.name} onClose={close} />}
      {dialog === 'write' && <WriteRecordsDialog domain={domain} providers={providers} onClose={close} />}
      {dialog === 'writeInside' && <WriteRecordsDialog domain={domain} providers={[inside]} onClose={close} />}
      {dialog === 'undo' && <UndoRecordsDialog domain={domain} onClose={close} />}
    </Section>
  );
}
