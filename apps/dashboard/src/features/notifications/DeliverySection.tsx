import { Button, MessageBar, MessageBarBody, makeStyles } from '@fluentui/react-components';
import type { NotificationsView } from '@isthmus/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { useMay } from '../../shell/session.ts';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { RelativeTime } from '../../ui/Time.tsx';
import { TurnOffDialog } from './TurnOffDialog.tsx';

const useStyles = makeStyles({ actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' } });

interface DeliverySectionProps {
  readonly view: NotificationsView;
  /** How many are written to. */
  readonly count: number;
  readonly onTurnedOff: () => void;
}

/** How sending goes, a test at any time, and the way to turn it off. */
export function DeliverySection({ view, count, onTurnedOff }: DeliverySectionProps) {
  const styles = useStyles();
  const { t } = useTranslation('notifications');
  const may = useMay('settings.write');
  const { announce } = useVoice();
  const test = useCall('testNotifications');
  const [isTurningOff, setTurningOff] = useState(false);
  const { failedAttempts, nextAttemptAt, problem, lastSentAt, changedAt, changedBy } = view;
  const never = t('never');
  const facts: Fact[] = [
    { id: 'last', label: t('lastSent'), value: lastSentAt === null ? never : <RelativeTime instant={lastSentAt} /> },
    ...(nextAttemptAt === null
      ? []
      : [{ id: 'next', label: t('nextAttempt'), value: <RelativeTime instant={nextAttemptAt} /> }]),
    ...(changedAt === null
      ? []
      : [
          {
            id: 'changed',
            label: t('changed'),
            value: (
              <>
                <RelativeTime instant={changedAt} /> {t('changedBy', { name: changedBy ?? '' })}
              </>
            ),
          },
        ]),
  ];
  const run = (): void => {
    if (test.isPending) return;
    test.mutate({}, { onSuccess: ({ recipients }) => announce(t('sent', { to: recipients.join(', ') })) });
  };
  return (
    <Section title={t('state')}>
      {failedAttempts > 0 ? (
        <StateLabel tone="danger">{t('failing', { count: failedAttempts })}</StateLabel>
      ) : (
        <StateLabel tone={problem === null ? 'success' : 'warning'}>{t('on', { count })}</StateLabel>
      )}
      {problem !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {problem.message} {problem.remedy}
          </MessageBarBody>
        </MessageBar>
      )}
      <Facts facts={facts} />
      {test.isError && <ProblemMessage error={test.error} title={t('notSent')} />}
      {test.isSuccess && (
        <MessageBar intent="success" layout="multiline">
          <MessageBarBody>{t('sent', { to: test.data.recipients.join(', ') })}</MessageBarBody>
        </MessageBar>
      )}
      {may && (
        <div className={styles.actions}>
          <Button disabledFocusable={test.isPending} icon={test.isPending ? <BusyIcon /> : null} onClick={run}>
            {t('test')}
          </Button>
          <Button onClick={() => setTurningOff(true)}>{t('off.open')}</Button>
        </div>
      )}
      {isTurningOff && <TurnOffDialog onDone={onTurnedOff} onClose={() => setTurningOff(false)} />}
    </Section>
  );
}
