import { Text } from '@fluentui/react-components';
import type { Plan } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { PersonRows } from './PersonRows.tsx';
import { PlannedActions } from './PlannedActions.tsx';

const SHOWN = 50;

/** A plan person by person. */
export function PlanRows({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('syncPage');
  if (plan.items.length === 0) return <Text>{t('plan.nothing')}</Text>;
  const rows = plan.items.slice(0, SHOWN).map((item) => ({
    key: item.subject.userId ?? item.subject.name,
    userId: item.subject.userId,
    name: item.subject.name,
    content: <PlannedActions item={item} />,
  }));
  return (
    <>
      <PersonRows rows={rows} />
      {plan.items.length > SHOWN && <Text>{t('first', { shown: SHOWN, total: plan.items.length })}</Text>}
    </>
  );
}

/** What the next pass does, before it does it. */
export function PlanSection() {
  const { t } = useTranslation(['syncPage', 'common']);
  const { data: plan, error, refetch } = useQuery(queryOf('getSyncPlan', {}));
  return (
    <Section title={t('plan.title')}>
      <Text>{t('plan.text')}</Text>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {plan === undefined && error === null && <Text>{t('common:loading')}</Text>}
      {plan !== undefined && <PlanRows plan={plan} />}
    </Section>
  );
}
