import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Notice, PlanItem } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { useChangeText } from '../../ui/plan/useChangeText.ts';

const useStyles = makeStyles({
  list: { margin: '4px 0 0', paddingInlineStart: '18px' },
  quiet: { color: tokens.colorNeutralForeground3 },
  changes: { margin: 0, paddingInlineStart: '18px' },
});

/** Why something is done; `other` for reasons of a newer server. */
const reasons = [
  'user-disabled',
  'user-expired',
  'user-removed',
  'user-enabled',
  'user-returned',
  'user-renamed',
  'user-changed',
  'changed-online',
  'online-held',
  'differs',
] as const;

function NoticeLine({ notice }: { readonly notice: Notice }) {
  return (
    <li>
      {notice.message} {notice.remedy}
    </li>
  );
}

/** What is to be done for one person: each value here and there, and why. */
export function PlannedActions({ item }: { readonly item: PlanItem }) {
  const styles = useStyles();
  const { t } = useTranslation(['syncPage', 'plans']);
  const changeText = useChangeText();
  const reasonText = (code: string): string => t(`reason.${reasons.find((known) => known === code) ?? 'other'}`);
  return (
    <ul className={styles.list}>
      {item.blocked !== null && <NoticeLine notice={item.blocked} />}
      {item.actions.map((action) => (
        <li key={`${action.type} ${action.changes.map(({ field }) => field).join()}`}>
          {t(`plans:action.${action.type}`)}{' '}
          <Text size={200} className={styles.quiet}>
            {reasonText(action.reason)}
          </Text>
          {action.type === 'online.change' && (
            <ul className={styles.changes}>
              {action.changes.map((change) => (
                <li key={change.field}>{changeText(change)}</li>
              ))}
            </ul>
          )}
        </li>
      ))}
      {item.warnings.map((notice) => (
        <NoticeLine key={notice.code} notice={notice} />
      ))}
    </ul>
  );
}
