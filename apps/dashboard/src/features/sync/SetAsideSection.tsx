import { Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { Section } from '../../ui/Section.tsx';
import { RelativeTime } from '../../ui/Time.tsx';
import { PersonRows } from './PersonRows.tsx';

/** People for whom it failed; shown only when there are any. */
export function SetAsideSection() {
  const { t } = useTranslation('syncPage');
  const people = useQuery(queryOf('getSyncStatus', {})).data?.setAside ?? [];
  if (people.length === 0) return null;
  const rows = people.map(({ userId, name, attempts, nextAt, problem }) => ({
    key: userId,
    userId,
    name,
    content: (
      <div>
        {problem.message} {problem.remedy}{' '}
        <Text size={200}>
          {t('setAside.attempts', { count: attempts })} <RelativeTime instant={nextAt} />
        </Text>
      </div>
    ),
  }));
  return (
    <Section title={t('setAside.title')}>
      <Text>{t('setAside.text')}</Text>
      <PersonRows rows={rows} />
    </Section>
  );
}
