import { makeStyles, tokens } from '@fluentui/react-components';
import type { User } from '@isthmus/contracts';
import { type ReactElement, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridColumn } from '../../ui/data-grid/gridTypes.ts';
import { ShortTime } from '../../ui/Time.tsx';
import { onlineStateLabel, passwordStateLabel, userStateLabel } from './userStates.tsx';

const useStyles = makeStyles({
  name: { fontWeight: tokens.fontWeightSemibold },
  online: { display: 'inline-flex', alignItems: 'center', gap: '12px', maxWidth: '100%' },
  address: { overflow: 'hidden', textOverflow: 'ellipsis' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

const licensesOf = (user: User): string => user.online?.licenses.map((license) => license.name).join(', ') ?? '';

/**
 * Columns of the Users list; the sort keys are those of the API. Plain elements, because scrolling draws hundreds of
 * rows a second and a component of Fluent costs as much as a whole row.
 */
export function useUserColumns(): readonly GridColumn<User>[] {
  const styles = useStyles();
  const { t } = useTranslation('users');
  return useMemo<readonly GridColumn<User>[]>(() => {
    const online = ({ online: account }: User): ReactElement => {
      if (account === null) return <span className={styles.quiet}>{t('online.none')}</span>;
      if (account.state === 'active') return <span title={account.address}>{account.address}</span>;
      return (
        <span className={styles.online}>
          <span className={styles.address} title={account.address}>
            {account.address}
          </span>
          {onlineStateLabel(account.state, t)}
        </span>
      );
    };
    const column = (id: string, label: string, minWidth: number, render: GridColumn<User>['render']) => ({
      id,
      label,
      minWidth,
      grow: 1,
      sortKey: id,
      render,
    });
    return [
      {
        ...column('displayName', t('column.displayName'), 170, (user) => (
          <bdi className={styles.name} title={user.displayName}>
            {user.displayName}
          </bdi>
        )),
        grow: 1.4,
        fixed: true,
      },
      column('userName', t('column.userName'), 120, (user) => user.userName),
      { ...column('online', t('column.online'), 230, (user) => online(user)), grow: 1.8 },
      column('state', t('column.state'), 110, (user) => userStateLabel(user, t)),
      column('password', t('column.password'), 165, (user) => passwordStateLabel(user.password.state, t)),
      column('license', t('column.license'), 150, (user) => <span title={licensesOf(user)}>{licensesOf(user)}</span>),
      {
        ...column('department', t('column.department'), 130, (user) => user.department),
        shownAtFirst: false,
      },
      {
        ...column('accessLevel', t('column.accessLevel'), 120, (user) => t(`accessLevel.${user.accessLevel}`)),
        shownAtFirst: false,
      },
      {
        ...column('lastSignInAt', t('column.lastSignInAt'), 150, (user) => <ShortTime instant={user.lastSignInAt} />),
        shownAtFirst: false,
      },
      {
        ...column('lastSynchronizedAt', t('column.lastSynchronizedAt'), 150, (user) => (
          <ShortTime instant={user.lastSynchronizedAt} />
        )),
        shownAtFirst: false,
      },
    ];
  }, [t, styles]);
}
