import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Session } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { RelativeTime } from '../../ui/Time.tsx';
import { SettingsTabs } from './SettingsTabs.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  session: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: '8px 16px',
    flexWrap: 'wrap',
    padding: '12px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTopStyle: 'none' },
  },
  quiet: { color: tokens.colorNeutralForeground3 },
});

function SessionLine({ session }: { readonly session: Session }) {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const queryClient = useQueryClient();
  const end = useCall('endSession');
  const stop = (): void =>
    end.mutate(
      { params: { id: session.id } },
      { onSuccess: () => void queryClient.invalidateQueries({ queryKey: ['listSessions'] }) },
    );
  return (
    <li className={styles.session}>
      <div>
        <Text block weight="semibold">
          {session.displayName} {session.current && t('sessions.this')}
        </Text>
        <Text block size={200}>
          {t(`sessions.kind.${session.kind}`)} · {session.client} · {session.address}
        </Text>
        <Text block size={200} className={styles.quiet}>
          {t('sessions.lastUsed')} <RelativeTime instant={session.lastUsedAt} />
        </Text>
        {end.isError && <ProblemMessage error={end.error} />}
      </div>
      {!session.current && (
        <Button disabledFocusable={end.isPending} onClick={stop}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  );
}

export function SessionsPage() {
  const styles = useStyles();
  const { t } = useTranslation('settings');
  const { data, error, refetch } = useQuery(queryOf('listSessions', {}));
  return (
    <Page title={t('title')}>
      <SettingsTabs />
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingScreen />}
      {data !== undefined && (
        <Section title={t('sessions.title')}>
          <ul className={styles.list}>
            {data.items.map((session) => (
              <SessionLine key={session.id} session={session} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}
