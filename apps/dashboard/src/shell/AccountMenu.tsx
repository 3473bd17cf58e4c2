import { makeStyles, Text } from '@fluentui/react-components';
import { DoorArrowRight20Regular, Laptop20Regular, Settings20Regular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Initials } from '../ui/Initials.tsx';
import { MenuButton } from '../ui/menu/MenuButton.tsx';
import type { MenuEntry } from '../ui/menu/menuTypes.ts';
import { forgetDrafts } from '../ui/wizard/useWizardDraft.ts';
import { useCall } from './api.ts';
import { forgetSession, useSession } from './session.ts';

const useStyles = makeStyles({
  icon: { width: '28px', height: '28px' },
  who: { padding: '8px 12px' },
});

export function AccountMenu() {
  const styles = useStyles();
  const { t } = useTranslation('shell');
  const session = useSession();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const signOut = useCall('signOut');
  const leave = (): void => {
    signOut.mutate(
      {},
      {
        onSuccess: () => {
          forgetDrafts();
          forgetSession(queryClient);
          void navigate({ to: '/sign-in' });
        },
      },
    );
  };
  const heading = (
    <div className={styles.who}>
      <Text block weight="semibold">
        {session.displayName}
      </Text>
      <Text block size={200}>
        {session.userName} · {t(`account.role.${session.role}`)}
      </Text>
    </div>
  );
  const entries: readonly MenuEntry[] = [
    {
      id: 'sessions',
      label: t('account.sessions'),
      icon: <Laptop20Regular />,
      run: () => void navigate({ to: '/settings/sessions' }),
    },
    {
      id: 'settings',
      label: t('account.settings'),
      icon: <Settings20Regular />,
      run: () => void navigate({ to: '/settings' }),
    },
    { id: 'sign-out', label: t('account.signOut'), icon: <DoorArrowRight20Regular />, run: leave },
  ];
  return (
    <MenuButton
      label={t('account.label', { name: session.displayName })}
      button={{
        appearance: 'subtle',
        icon: { className: styles.icon, children: <Initials name={session.displayName} /> },
      }}
      content={{ heading, entries }}
    />
  );
}
