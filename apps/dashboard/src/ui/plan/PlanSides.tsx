import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ActionType, Plan, PlannedAction } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { StateLabel } from '../StateLabel.tsx';
import { useChangeText } from './useChangeText.ts';

const useStyles = makeStyles({
  sides: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(220px, 1fr))', gap: '12px' },
  side: {
    display: 'flex',
    flexDirection: 'column',
    gap: '8px',
    padding: '12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground2,
    border: `1px solid ${tokens.colorNeutralStroke3}`,
    minWidth: 0,
  },
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '6px' },
  change: { display: 'block', color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
  people: { color: tokens.colorNeutralForeground3 },
});

/** Their own names say all of what becomes another. */
const selfExplaining: ReadonlySet<ActionType> = new Set([
  'directory.enable',
  'directory.disable',
  'directory.unlock',
  'online.allow-sign-in',
  'online.block-sign-in',
  'link.hold',
  'link.release',
]);

const sides = ['directory', 'online', 'isthmus'] as const;

interface Line {
  readonly type: ActionType;
  readonly side: PlannedAction['side'];
  readonly count: number;
  readonly changes: PlannedAction['changes'];
}

function linesOf(plan: Plan): readonly Line[] {
  const lines = new Map<ActionType, Line>();
  for (const action of plan.items.flatMap((item) => item.actions)) {
    const known = lines.get(action.type);
    lines.set(action.type, {
      type: action.type,
      side: action.side,
      count: (known?.count ?? 0) + 1,
      changes:
        plan.items.length === 1 && !selfExplaining.has(action.type)
          ? [...(known?.changes ?? []), ...action.changes]
          : [],
    });
  }
  return [...lines.values()];
}

/** What a plan does, side by side. For one person with every value, for several with the number of people. */
export function PlanSides({ plan }: { readonly plan: Plan }) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('plans');
  const changeText = useChangeText();
  const lines = linesOf(plan);
  const number = new Intl.NumberFormat(i18n.language);
  if (lines.length === 0) return <Text>{t('nothing')}</Text>;
  return (
    <div className={styles.sides}>
      {sides
        .filter((side) => lines.some((line) => line.side === side))
        .map((side) => (
          <section key={side} className={styles.side}>
            <Subtitle2 as="h3">{t(`side.${side}`)}</Subtitle2>
            <ul className={styles.list}>
              {lines
                .filter((line) => line.side === side)
                .map((line) => (
                  <li key={line.type}>
                    <StateLabel tone="informative">
                      {t(`action.${line.type}`)}{' '}
                      {plan.items.length > 1 && (
                        <Text size={200} className={styles.people}>
                          {t('peopleOf', { count: line.count, number: number.format(line.count) })}
                        </Text>
                      )}
                    </StateLabel>
                    {line.changes.map((change) => (
                      <Text
                        key={`${change.field} ${change.before} ${change.after}`}
                        size={200}
                        className={styles.change}
                      >
                        {changeText(change)}
                      </Text>
                    ))}
                  </li>
                ))}
            </ul>
          </section>
        ))}
    </div>
  );
}
