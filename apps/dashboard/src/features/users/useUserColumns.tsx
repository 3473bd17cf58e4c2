import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { User } from '@isthmus/contracts';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GridColumn } from '../../ui/data-grid/gridTypes.ts';
import { ShortTime } from '../../ui/Time.tsx';
import { OnlineStateLabel, PasswordStateLabel, UserStateLabel } from './userStates.tsx';

const useStyles = makeStyles({
  online: { display: 'inline-flex', alignItems: 'center', gap: '12px', maxWidth: '100%' },
  address: { overflow: 'hidden', textOverflow: 'ellipsis' },
  quiet: { color: tokens.colorNeutralForeground3 },
});

function OnlineCell({ user }: { readonly user: User }) {
  const styles = useStyles();
  const { t } = useTranslation('users');
  if (user.online === null) return <Text className={styles.quiet}>{t('online.none')}</Text>;
  return (
    <span className={styles.online}>
      <span className={styles.address} title={user.online.address}>
        {user.online.address}
      </span>
      {user.online.state !== 'active' && <OnlineStateLabel state={user.online.state} />}
    </span>
  );
}

const licensesOf = (user: User): string => user.online?.licenses.map((license) => license.name).join(', ') ?? '';

/** Columns of the Users list; the sort keys are those of the API. */
export function useUserColumns(): readonly GridColumn<User>[] {
  const { t } = useTranslation('users');
  return useMemo<readonly GridColumn<User>[]>(() => {
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
          <Text weight="semibold" block truncate wrap={false} title={user.displayName}>
            <bdi>{user.displayName}</bdi>
          </Text>
        )),
        grow: 1.4,
        fixed: true,
      },
      column('userName', t('column.userName'), 120, (user) => user.userName),
      { ...column('online', t('column.online'), 230, (user) => <OnlineCell user={user} />), grow: 1.8 },
      column('state', t('column.state'), 110, (user) => <UserStateLabel user={user} />),
      column('password', t('column.password'), 165, (user) => <PasswordStateLabel state={user.password.state} />),
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
  }, [t]);
}
