import { makeStyles, tokens } from '@fluentui/react-components';
import type { ActionType, Plan } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%' },
  head: {
    textAlign: 'start',
    verticalAlign: 'top',
    padding: '8px 12px 8px 0',
    fontWeight: tokens.fontWeightSemibold,
    whiteSpace: 'nowrap',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    '@media (max-width: 599px)': { whiteSpace: 'normal' },
  },
  cell: { padding: '8px 0', borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
});

const sides = ['server', 'online', 'mail', 'files', 'undo'] as const;
const onlineActions: readonly ActionType[] = ['online.block-sign-in', 'online.remove', 'online.revoke-sessions'];

/** What deactivating or removing means, side by side and in time. */
export function Consequences({ kind, plan }: { readonly kind: 'deactivate' | 'remove'; readonly plan: Plan }) {
  const styles = useStyles();
  const { t } = useTranslation(['users', 'userDialogs']);
  const linked = plan.items.filter((item) => item.actions.some((action) => onlineActions.includes(action.type))).length;
  const concerns = (side: (typeof sides)[number]): boolean => linked > 0 || (side !== 'online' && side !== 'mail');
  return (
    <table className={styles.table}>
      <tbody>
        {sides.map((side) => (
          <tr key={side}>
            <th scope="row" className={styles.head}>
              {t(`userDialogs:consequence.side.${side}`)}
            </th>
            <td className={styles.cell}>
              {concerns(side)
                ? t(`userDialogs:consequence.${kind}.${side}`, { count: linked })
                : t('userDialogs:consequence.noOnline')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
