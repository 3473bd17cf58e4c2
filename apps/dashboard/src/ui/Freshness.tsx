import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ArrowClockwise16Regular } from '@fluentui/react-icons';
import type { Freshness as FreshnessState } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { StateLabel } from './StateLabel.tsx';
import { RelativeTime } from './Time.tsx';

const useStyles = makeStyles({
  line: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '6px',
    flexWrap: 'wrap',
    color: tokens.colorNeutralForeground3,
  },
});

interface FreshnessProps {
  readonly state: FreshnessState;
  readonly onRefresh: () => void;
}

/** How old the shown copy is. */
export function Freshness({ state, onRefresh }: FreshnessProps) {
  const styles = useStyles();
  const { t } = useTranslation('common');
  return (
    <span className={styles.line}>
      {state.updatedAt === null ? (
        <Text size={200}>{t('freshness.never')}</Text>
      ) : (
        <Text size={200}>
          {t('freshness.updated')} <RelativeTime instant={state.updatedAt} />
        </Text>
      )}
      {!state.reachable && (
        <StateLabel tone="warning">{state.problem?.message ?? t('freshness.unreachable')}</StateLabel>
      )}
      <Button size="small" appearance="transparent" icon={<ArrowClockwise16Regular />} onClick={onRefresh}>
        {t('refresh')}
      </Button>
    </span>
  );
}
