import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { SyncPass } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { RelativeTime } from '../../ui/Time.tsx';
import { PersonRows } from './PersonRows.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: '480px', overflowY: 'auto' },
  pass: {
    padding: '10px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTopStyle: 'none' },
  },
  people: { paddingInlineStart: '18px' },
});

function Pass({ pass }: { readonly pass: SyncPass }) {
  const styles = useStyles();
  const { t } = useTranslation(['syncPage', 'plans']);
  const rows = pass.people.map(({ userId, name, done, problem }) => ({
    key: userId,
    userId,
    name,
    content: (
      <div>
        {[...done.map((type) => t(`plans:action.${type}`)), ...(problem === null ? [] : [problem])].join(' · ')}
      </div>
    ),
  }));
  return (
    <li className={styles.pass}>
      <Text weight="semibold">{t(`passes.cause.${pass.cause}`)}</Text> <RelativeTime instant={pass.at} />
      <div>
        {t('passes.counts', {
          count: pass.actions,
          failed: pass.failed,
          looked: pass.looked,
          seconds: (pass.durationMs / 1000).toFixed(2),
        })}
        {pass.cause === 'nightly-comparison' && ` ${t('passes.corrected', { count: pass.corrected })}`}
      </div>
      {rows.length > 0 && (
        <div className={styles.people}>
          <PersonRows rows={rows} />
        </div>
      )}
    </li>
  );
}

/** What passes did lately, and why they were made. */
export function PassesSection() {
  const styles = useStyles();
  const { t } = useTranslation('syncPage');
  const { data: passes, error, refetch } = useQuery(queryOf('listSyncPasses', { query: { limit: 30 } }));
  return (
    <Section title={t('passes.title')}>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {passes?.total === 0 && <Text>{t('passes.none')}</Text>}
      {passes !== undefined && passes.total > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        <ul className={styles.list} tabIndex={0} aria-label={t('passes.title')}>
          {passes.items.map((pass) => (
            <Pass key={pass.id} pass={pass} />
          ))}
        </ul>
      )}
    </Section>
  );
}
