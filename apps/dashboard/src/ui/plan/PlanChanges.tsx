import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Plan, PlanItem } from '@isthmus/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useChangeText } from './useChangeText.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  person: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 220px), 1fr))',
    gap: '2px 12px',
    paddingBlock: '6px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
  },
  changes: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    gridColumn: 'span 2',
    '@media (max-width: 480px)': { gridColumn: 'auto' },
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  more: { alignSelf: 'start' },
});

/** People shown at once; a long plan grows by as many. */
const PAGE = 50;

function changesOf(item: PlanItem) {
  return item.actions.flatMap(({ type, changes }) =>
    changes.map((change) => ({ ...change, id: `${type} ${change.field} ${change.before} ${change.after}` })),
  );
}

interface PlanChangesProps {
  readonly plan: Plan;
  /** Shown where no value changes. */
  readonly nothing: string;
}

/** Every value that a plan changes, person by person, before and after. */
export function PlanChanges({ plan, nothing }: PlanChangesProps) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('plans');
  const changeText = useChangeText();
  const [shown, setShown] = useState(PAGE);
  const people = plan.items
    .map((item) => ({ item, changes: changesOf(item) }))
    .filter(({ changes }) => changes.length > 0);
  const rest = people.length - shown;
  if (people.length === 0) return <Text>{nothing}</Text>;
  return (
    <>
      <ul className={styles.list}>
        {people.slice(0, shown).map(({ item: { subject }, changes }) => (
          <li key={subject.userId ?? subject.onlineAccountId ?? subject.name} className={styles.person}>
            <div>
              <Text weight="semibold" block>
                <bdi>{subject.name}</bdi>
              </Text>
              <Text size={200} className={styles.quiet}>
                {subject.address}
              </Text>
            </div>
            <ul className={styles.changes}>
              {changes.map(({ id, ...change }) => (
                <li key={id}>
                  <Text size={200}>{changeText(change)}</Text>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Button className={styles.more} onClick={() => setShown(shown + PAGE)}>
          {t('showMore', { count: rest, number: new Intl.NumberFormat(i18n.language).format(rest) })}
        </Button>
      )}
    </>
  );
}
