import { Button, MessageBar, MessageBarBody, makeStyles, Subtitle2, Text } from '@fluentui/react-components';
import type { SyncPerson, SyncSettingsChange } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { useMay } from '../../shell/session.ts';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { PlannedActions } from './PlannedActions.tsx';
import { SettingsEffect } from './SettingsEffect.tsx';

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '10px' },
  actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
});

function State({ person }: { readonly person: SyncPerson }) {
  const { t } = useTranslation(['syncPage', 'plans']);
  return (
    <>
      {person.done.length > 0 && (
        <Text>{t('person.done', { what: person.done.map((type) => t(`plans:action.${type}`)).join(', ') })}</Text>
      )}
      {person.notManaged !== null && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {t('person.notManaged')} {t(`notManaged.${person.notManaged}`)}
          </MessageBarBody>
        </MessageBar>
      )}
      {person.setAside !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            {person.setAside.problem.message} {person.setAside.problem.remedy}
          </MessageBarBody>
        </MessageBar>
      )}
      {person.item !== null && <PlannedActions item={person.item} />}
      {person.item === null && person.notManaged === null && <Text>{t('person.inStep')}</Text>}
    </>
  );
}

function Commands({ person }: { readonly person: SyncPerson }) {
  const styles = useStyles();
  const { t } = useTranslation(['syncPage', 'sync']);
  const queryClient = useQueryClient();
  const run = useCall('runSyncPerson');
  const preview = useCall('changeSyncSettings');
  const save = useCall('changeSyncSettings');
  const params = { id: person.userId };
  const key = queryOf('getSyncPerson', { params }).queryKey;
  const ids = [person.userId];
  const change: SyncSettingsChange = person.notManaged === 'excluded' ? { include: ids } : { exclude: ids };
  const onSave = (): void =>
    save.mutate(
      { body: change },
      {
        onSuccess: () => {
          preview.reset();
          void queryClient.invalidateQueries({ queryKey: key });
          void queryClient.invalidateQueries({ queryKey: ['getSyncSettings'] });
        },
      },
    );
  const error = run.error ?? preview.error ?? save.error;
  return (
    <>
      {error !== null && <ProblemMessage error={error} />}
      {preview.data !== undefined && <SettingsEffect effect={preview.data.effect} />}
      <div className={styles.actions}>
        {preview.data === undefined ? (
          <>
            <Button
              disabledFocusable={run.isPending}
              icon={run.isPending ? <BusyIcon /> : null}
              onClick={() => run.mutate({ params }, { onSuccess: (next) => queryClient.setQueryData(key, next) })}
            >
              {t('sync:run')}
            </Button>
            <Button onClick={() => preview.mutate({ query: { dryRun: 'true' }, body: change })}>
              {t(person.notManaged === 'excluded' ? 'person.include' : 'person.exclude')}
            </Button>
          </>
        ) : (
          <>
            <Button appearance="primary" disabledFocusable={save.isPending} onClick={onSave}>
              {t('effect.save')}
            </Button>
            <Button onClick={() => preview.reset()}>{t('sync:drift.discard')}</Button>
          </>
        )}
      </div>
    </>
  );
}

/** One linked person as the pass sees the person, with the commands for this one. */
export function PersonSync({ userId }: { readonly userId: string }) {
  const styles = useStyles();
  const { t } = useTranslation('sync');
  const may = useMay('sync.write');
  const { data: person, error, refetch } = useQuery(queryOf('getSyncPerson', { params: { id: userId } }));
  return (
    <section className={styles.all} aria-label={t('title')}>
      <Subtitle2 as="h3">{t('title')}</Subtitle2>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {person !== undefined && <State person={person} />}
      {person !== undefined && may && <Commands person={person} />}
    </section>
  );
}
