import { makeStyles, tokens } from '@fluentui/react-components';
import type { OnlineAccount } from '@isthmus/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridColumn } from '../../ui/data-grid/gridTypes.ts';
import { ShortTime } from '../../ui/Time.tsx';
import { onlineAccountLabel } from './onlineAccountLabel.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const licensesOf = (account: OnlineAccount): string => account.licenses.map((license) => license.name).join(', ');

/** Columns of the list of online accounts; the sort keys are those of the API. */
export function useOnlineAccountColumns(): readonly GridColumn<OnlineAccount>[] {
  const styles = useStyles();
  const { t } = useTranslation(['onlineAccounts', 'users']);
  const { t: users } = useTranslation('users');
  return useMemo<readonly GridColumn<OnlineAccount>[]>(() => {
    const column = (id: string, label: string, minWidth: number, render: GridColumn<OnlineAccount>['render']) => ({
      id,
      label,
      minWidth,
      grow: 1,
      render,
    });
    const sorted = (id: string, label: string, minWidth: number, render: GridColumn<OnlineAccount>['render']) => ({
      ...column(id, label, minWidth, render),
      sortKey: id,
    });
    return [
      {
        ...sorted('address', t('list.column.address'), 230, ({ address }) => (
          <span className={styles.name} title={address}>
            {address}
          </span>
        )),
        grow: 1.6,
        fixed: true,
      },
      sorted('displayName', t('list.column.displayName'), 150, ({ displayName }) => (
        <bdi title={displayName}>{displayName}</bdi>
      )),
      sorted('user', t('list.column.user'), 150, ({ user }) =>
        user === null ? <span className={styles.quiet}>{t('list.notLinked')}</span> : <bdi>{user.name}</bdi>,
      ),
      sorted('state', t('list.column.state'), 120, (account) => onlineAccountLabel(account, users)),
      sorted('license', t('list.column.license'), 150, (account) => (
        <span title={licensesOf(account)}>{licensesOf(account)}</span>
      )),
      column('signIn', t('list.column.signIn'), 100, ({ signInAllowed }) =>
        t(signInAllowed ? 'list.allowed' : 'list.blocked'),
      ),
      {
        ...sorted('lastSignInAt', t('list.column.lastSignInAt'), 140, ({ signIn }) => {
          if (signIn === null) return <span className={styles.quiet}>{t('list.signInNotTold')}</span>;
          return signIn.lastAt === null ? t('list.neverSignedIn') : <ShortTime instant={signIn.lastAt} />;
        }),
        shownAtFirst: false,
      },
      {
        ...sorted('createdAt', t('list.column.createdAt'), 140, ({ createdAt }) => <ShortTime instant={createdAt} />),
        shownAtFirst: false,
      },
    ];
  }, [t, users, styles]);
}
