import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  mergeClasses,
  Text,
  tokens,
} from '@fluentui/react-components';
import { Print20Regular } from '@fluentui/react-icons';
import type { FirstPassword } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { exactTime } from '../../ui/Time.tsx';

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '8px', flexShrink: 0 },
  actions: { display: 'flex', gap: '8px', alignItems: 'center', flexWrap: 'wrap' },
  scroll: { maxHeight: '260px', overflow: 'auto' },
  table: { borderCollapse: 'collapse', width: '100%' },
  cell: {
    padding: '8px',
    textAlign: 'start',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    overflowWrap: 'anywhere',
  },
  password: { fontFamily: tokens.fontFamilyMonospace, whiteSpace: 'nowrap', verticalAlign: 'top' },
});

const fields = ['name', 'userName', 'upn', 'password'] as const;

function PasswordTable({ items }: { readonly items: readonly FirstPassword[] }) {
  const styles = useStyles();
  const { t } = useTranslation('imports');
  return (
    <table className={styles.table} aria-label={t('passwords.list')}>
      <thead>
        <tr>
          <th scope="col" className={styles.cell}>
            {t('passwords.name')}
          </th>
          <th scope="col" className={styles.cell}>
            {t('passwords.password')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ name, userName, upn, password }) => (
          <tr key={userName}>
            <td className={styles.cell}>
              <b>
                <bdi>{name}</bdi>
              </b>
              <div>{t('passwords.userName', { userName })}</div>
              <div>{t('passwords.upn', { upn })}</div>
            </td>
            <td className={mergeClasses(styles.cell, styles.password)}>{password}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ShownPasswords({ items }: { readonly items: readonly FirstPassword[] }) {
  const styles = useStyles();
  const { t } = useTranslation('imports');
  const text = items.map((item) => fields.map((field) => item[field]).join('\t')).join('\n');
  return (
    <section className={styles.all} aria-label={t('passwords.list')}>
      <div className={styles.actions}>
        <Text role="status">{t('passwords.shown')}</Text>
        <Button type="button" icon={<Print20Regular />} onClick={() => print()}>
          {t('passwords.print')}
        </Button>
        <CopyButton text={text} what={t('passwords.what')} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must scroll by keyboard too */}
      <div className={styles.scroll} tabIndex={0}>
        <PasswordTable items={items} />
      </div>
      {createPortal(
        <div className="isthmus-paper">
          <PasswordTable items={items} />
        </div>,
        document.body,
      )}
    </section>
  );
}

interface FirstPasswordsProps {
  readonly jobId: string;
  readonly startedBy: string;
}

/** The first passwords of an ended import: that they wait, and once the passwords themselves. */
export function FirstPasswords({ jobId, startedBy }: FirstPasswordsProps) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('imports');
  const params = { id: jobId };
  const { data, refetch } = useQuery({ ...queryOf('getFirstPasswords', { params }), staleTime: 0 });
  const show = useCall('showFirstPasswords');
  if (show.data !== undefined) return <ShownPasswords items={show.data.items} />;
  if (show.error !== null) return <ProblemMessage error={show.error} />;
  if (data === undefined || data.count === 0 || data.until === null) return null;
  const number = new Intl.NumberFormat(i18n.language).format(data.count);
  return (
    <div className={styles.all}>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t('passwords.title', { count: data.count, number })}</MessageBarTitle>{' '}
          {data.mayShow
            ? t('passwords.once', { until: exactTime(data.until, i18n.language) })
            : t('passwords.notYours', { name: startedBy })}
        </MessageBarBody>
        {data.mayShow && (
          <MessageBarActions>
            <Button
              appearance="primary"
              disabledFocusable={show.isPending}
              onClick={() => show.mutate({ params }, { onSettled: () => void refetch() })}
            >
              {t('passwords.show')}
            </Button>
          </MessageBarActions>
        )}
      </MessageBar>
    </div>
  );
}
