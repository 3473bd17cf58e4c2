import { Button, MessageBar, MessageBarBody, makeStyles, Text } from '@fluentui/react-components';
import type { Freshness, SyncStatus } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { useMay } from '../../shell/session.ts';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { StateLabel, type Tone } from '../../ui/StateLabel.tsx';
import { RelativeTime } from '../../ui/Time.tsx';
import { HeldPass } from './HeldPass.tsx';

const useStyles = makeStyles({ actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' } });

const tones: Readonly<Record<SyncStatus['state'], Tone>> = {
  'not-integrated': 'neutral',
  'in-step': 'success',
  working: 'waiting',
  held: 'warning',
  paused: 'warning',
  offline: 'danger',
};
const captureTones: Readonly<Record<SyncStatus['passwordCapture']['state'], Tone>> = {
  ready: 'success',
  'not-configured': 'neutral',
  'not-possible': 'neutral',
  broken: 'danger',
  silent: 'warning',
};

function Mirror({ mirror, people }: { readonly mirror: Freshness; readonly people: number }) {
  const { t } = useTranslation('sync');
  return (
    <>
      {t('people', { count: people })}
      {mirror.updatedAt !== null && (
        <>
          {' · '}
          <RelativeTime instant={mirror.updatedAt} />
        </>
      )}
      {!mirror.reachable && (
        <div>
          <StateLabel tone="danger">{mirror.problem?.message ?? t('notReachable')}</StateLabel>
        </div>
      )}
    </>
  );
}

function Controller({ directory }: { readonly directory: SyncStatus['directory'] }) {
  const { t } = useTranslation('sync');
  const { controller, server } = directory;
  if (controller === null || server === null) return t('never');
  const { reason, previous, since, missing } = controller;
  // A controller that does not answer is none to be glad of.
  const chosenTone = directory.reachable ? 'success' : 'neutral';
  return (
    <>
      {server} · {t('controller.used')} <RelativeTime instant={since} />
      <div>
        <StateLabel tone={reason === 'chosen' ? chosenTone : 'warning'}>
          {t(`controller.${reason}`, { previous: previous ?? '' })}
        </StateLabel>
      </div>
      {missing > 0 && (
        <div>
          <StateLabel tone="warning">{t('controller.missing', { count: missing })}</StateLabel>
        </div>
      )}
    </>
  );
}

function useFacts(status: SyncStatus): readonly Fact[] {
  const { t } = useTranslation('sync');
  const { directory, online, lastPass, passwordCapture } = status;
  return [
    {
      id: 'directory',
      label: t('directory'),
      value: <Mirror mirror={directory} people={directory.people} />,
    },
    { id: 'controller', label: t('controller.label'), value: <Controller directory={directory} /> },
    { id: 'online', label: t('online'), value: <Mirror mirror={online} people={online.people} /> },
    { id: 'linked', label: t('linked'), value: t('people', { count: status.linked }) },
    {
      id: 'pass',
      label: t('lastPass'),
      value:
        lastPass === null ? (
          t('never')
        ) : (
          <>
            <RelativeTime instant={lastPass.at} />
            {' · '}
            {t('pass', {
              count: lastPass.actions,
              failed: lastPass.failed,
              seconds: (lastPass.durationMs / 1000).toFixed(2),
            })}
          </>
        ),
    },
    {
      id: 'capture',
      label: t('capture.label'),
      value: (
        <>
          <StateLabel tone={captureTones[passwordCapture.state]}>{t(`capture.${passwordCapture.state}`)}</StateLabel>
          <div>{passwordCapture.detail}</div>
        </>
      ),
    },
    {
      id: 'waiting',
      label: t('capture.open'),
      value: t('capture.counts', { waiting: passwordCapture.waiting, rejected: passwordCapture.rejected }),
    },
  ];
}

function SyncCommands({ status }: { readonly status: SyncStatus }) {
  const styles = useStyles();
  const { t } = useTranslation('sync');
  const queryClient = useQueryClient();
  const run = useCall('runSync');
  const pause = useCall('pauseSync');
  const resume = useCall('resumeSync');
  const onSuccess = (next: SyncStatus): void => {
    queryClient.setQueryData(queryOf('getSyncStatus', {}).queryKey, next);
    void queryClient.invalidateQueries({ queryKey: ['getHome'] });
  };
  const { controller } = status.directory;
  /** Somebody has to say whether what this controller lacks is gone. */
  const isDoubtful = controller !== null && (controller.missing > 0 || controller.reason === 'restored');
  const error = run.error ?? pause.error ?? resume.error;
  return (
    <>
      <div className={styles.actions}>
        <Button
          disabledFocusable={run.isPending}
          icon={run.isPending ? <BusyIcon /> : null}
          onClick={() => run.mutate({ body: {} }, { onSuccess })}
        >
          {t('run')}
        </Button>
        {isDoubtful && (
          <Button
            disabledFocusable={run.isPending}
            icon={run.isPending ? <BusyIcon /> : null}
            onClick={() => run.mutate({ body: { full: true } }, { onSuccess })}
          >
            {t('runFull')}
          </Button>
        )}
        {status.state === 'paused' ? (
          <Button appearance="primary" onClick={() => resume.mutate({}, { onSuccess })}>
            {t('resume')}
          </Button>
        ) : (
          <Button onClick={() => pause.mutate({}, { onSuccess })}>{t('pause')}</Button>
        )}
      </div>
      {isDoubtful && <Text>{t('runFullText')}</Text>}
      {error !== null && <ProblemMessage error={error} />}
    </>
  );
}

function Status({ status }: { readonly status: SyncStatus }) {
  const { t } = useTranslation('sync');
  const may = useMay('sync.write');
  const facts = useFacts(status);
  return (
    <>
      {status.state === 'paused' && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('pausedText')}</MessageBarBody>
        </MessageBar>
      )}
      {status.problem !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            {status.problem.message} {status.problem.remedy}
          </MessageBarBody>
        </MessageBar>
      )}
      {status.held !== null && <HeldPass key={status.held.id} held={status.held} />}
      <Facts facts={facts} />
      {may && <SyncCommands status={status} />}
    </>
  );
}

/** How both mirrors stand to each other, and what the guard stopped. */
export function SyncSection() {
  const { t } = useTranslation(['sync', 'common']);
  const { data: status, error, refetch } = useQuery(queryOf('getSyncStatus', {}));
  const state =
    status === undefined ? undefined : <StateLabel tone={tones[status.state]}>{t(`state.${status.state}`)}</StateLabel>;
  return (
    <Section title={t('title')} action={state}>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {status === undefined && error === null && <Text>{t('common:loading')}</Text>}
      {status !== undefined && <Status status={status} />}
    </Section>
  );
}
