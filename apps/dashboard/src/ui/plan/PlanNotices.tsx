import { MessageBar, MessageBarBody, MessageBarTitle, makeStyles, Text } from '@fluentui/react-components';
import type { Notice, Plan } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({
  notices: { display: 'flex', flexDirection: 'column', gap: '8px' },
  list: { margin: 0, paddingInlineStart: '18px' },
});

/** Long plans repeat themselves; the Activity page has every single one afterwards. */
const SHOWN = 20;

interface Line {
  readonly key: string;
  readonly name: string | undefined;
  readonly notice: Notice;
}

function NoticeList({ lines }: { readonly lines: readonly Line[] }) {
  const styles = useStyles();
  const { t } = useTranslation('plans');
  return (
    <>
      <ul className={styles.list}>
        {lines.slice(0, SHOWN).map(({ key, name, notice }) => (
          <li key={key}>
            {name !== undefined && <Text weight="semibold">{name}: </Text>}
            {notice.message} {notice.remedy}
          </li>
        ))}
      </ul>
      {lines.length > SHOWN && <Text>{t('more', { count: lines.length - SHOWN })}</Text>}
    </>
  );
}

/** What stands against a plan, and what is worth knowing before it runs. */
export function PlanNotices({ plan }: { readonly plan: Plan }) {
  const styles = useStyles();
  const { t } = useTranslation('plans');
  const keyOf = (item: Plan['items'][number], code: string): string =>
    `${item.subject.userId ?? item.subject.onlineAccountId ?? item.subject.name} ${code}`;
  const blocked = plan.items.flatMap((item) =>
    item.blocked === null
      ? []
      : [{ key: keyOf(item, item.blocked.code), name: item.subject.name, notice: item.blocked }],
  );
  const warnings: Line[] = [
    ...plan.warnings.map((notice) => ({ key: notice.code, name: undefined, notice })),
    ...plan.items.flatMap((item) =>
      item.warnings.map((notice) => ({ key: keyOf(item, notice.code), name: item.subject.name, notice })),
    ),
  ];
  return (
    <div className={styles.notices}>
      {plan.blocked !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            {plan.blocked.message} {plan.blocked.remedy}
          </MessageBarBody>
        </MessageBar>
      )}
      {blocked.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('blocked')}</MessageBarTitle>
            <NoticeList lines={blocked} />
          </MessageBarBody>
        </MessageBar>
      )}
      {warnings.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('warnings')}</MessageBarTitle>
            <NoticeList lines={warnings} />
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}
