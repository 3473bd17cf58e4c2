import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { UserDetails } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexDirection: 'column', gap: '10px' },
  dn: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
});

export function GroupsTab({ user }: { readonly user: UserDetails }) {
  const styles = useStyles();
  const { t } = useTranslation(['users', 'userPanel']);
  if (user.groups.length === 0) return <Text>{t('userPanel:groups.none')}</Text>;
  return (
    <ul className={styles.list}>
      {user.groups.map((group) => (
        <li key={group.dn}>
          <Text block>{group.name}</Text>
          <Text block size={200} className={styles.dn}>
            {group.dn}
          </Text>
        </li>
      ))}
    </ul>
  );
}
