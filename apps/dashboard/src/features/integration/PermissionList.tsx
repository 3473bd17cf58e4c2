import { makeStyles, Text, tokens } from '@fluentui/react-components';
import type { Integration } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { StateLabel } from '../../ui/StateLabel.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  item: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) auto',
    columnGap: '16px',
    alignItems: 'start',
    padding: '6px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTopStyle: 'none' },
  },
  name: { color: tokens.colorNeutralForeground3, overflowWrap: 'anywhere' },
});

/** Reasons the server gives, by the last part of their key; a new one is shown by its permission alone. */
const reasons = [
  'createAccounts',
  'setPasswords',
  'blockSignIn',
  'endSessions',
  'removeAndRestore',
  'assignLicenses',
  'createGroups',
  'readGroups',
  'changeGroupMembers',
  'linkDomains',
  'readReports',
  'readServiceHealth',
  'readServiceMessages',
  'readAdministrators',
  'readOrganization',
  'readSignIns',
  'changeAddresses',
  'changeMailboxes',
  'resetPasswords',
] as const;

interface PermissionListProps {
  readonly permissions: Integration['permissions'];
  /** Whether to say what is granted, once a tenant is there to grant it. */
  readonly showsGrants: boolean;
}

/** What Isthmus asks the tenant for, and why. */
export function PermissionList({ permissions, showsGrants }: PermissionListProps) {
  const styles = useStyles();
  const { t } = useTranslation('integration');
  const reasonOf = (key: string): string | undefined => {
    const known = reasons.find((reason) => key === `permissions.reason.${reason}`);
    return known === undefined ? undefined : t(`permissions.reason.${known}`);
  };
  const grantOf = (granted: boolean | null, optional: boolean) => {
    if (granted === null) return <StateLabel tone="unknown">{t('permissions.notKnown')}</StateLabel>;
    return granted ? (
      <StateLabel tone="success">{t('permissions.granted')}</StateLabel>
    ) : (
      <StateLabel tone={optional ? 'neutral' : 'danger'}>
        {t(optional ? 'permissions.optional' : 'permissions.missing')}
      </StateLabel>
    );
  };
  return (
    <ul className={styles.list} aria-label={t('permissions.title')}>
      {permissions.map(({ permission, kind, reason, granted, optional }) => (
        <li key={permission} className={styles.item}>
          <span>
            <Text block>{reasonOf(reason) ?? permission}</Text>
            <Text block size={200} className={styles.name}>
              {t(`permissions.kind.${kind}`)}: {permission}
            </Text>
          </span>
          {showsGrants && grantOf(granted, optional)}
        </li>
      ))}
    </ul>
  );
}
