import { makeStyles, Text } from '@fluentui/react-components';
import type { Drift } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { PersonRows } from './PersonRows.tsx';

const useStyles = makeStyles({ list: { margin: '4px 0 0', paddingInlineStart: '18px' } });

function People({ drift }: { readonly drift: Drift }) {
  const styles = useStyles();
  const { t } = useTranslation(['syncPage', 'sync', 'users']);
  if (drift.total === 0) return <Text>{t('sync:drift.nobody')}</Text>;
  const ruleOf = (field: string): string => {
    const policy = drift.policies.find((known) => known.field === field)?.policy;
    return policy === undefined ? '' : t('differences.rule', { rule: t(`sync:drift.policy.${policy}`) });
  };
  const rows = drift.people.map(({ userId, name, differences }) => ({
    key: userId,
    userId,
    name,
    content: (
      <ul className={styles.list}>
        {differences.map(({ field, directory, online }) => (
          <li key={field}>
            {t('users:online.driftValue', {
              field: t(`users:online.field.${field}`),
              directory: directory ?? '–',
              online: online ?? '–',
            })}{' '}
            {ruleOf(field)}
          </li>
        ))}
      </ul>
    ),
  }));
  return (
    <>
      <PersonRows rows={rows} />
      {drift.people.length < drift.total && (
        <Text>{t('first', { shown: drift.people.length, total: drift.total })}</Text>
      )}
    </>
  );
}

/** Who differs now, with both values and the rule of the field. */
export function DifferencesSection() {
  const link = useLinkStyles();
  const { t } = useTranslation('syncPage');
  const { data: drift, error, refetch } = useQuery(queryOf('getDrift', {}));
  const rules = (
    <Link className={link} to="/settings/synchronization">
      {t('differences.rules')}
    </Link>
  );
  return (
    <Section title={t('differences.title')} action={rules}>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {drift !== undefined && <People drift={drift} />}
    </Section>
  );
}
