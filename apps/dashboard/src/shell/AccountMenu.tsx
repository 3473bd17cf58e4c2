import {
  Button,
  Menu,
  MenuDivider,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Text,
} from '@fluentui/react-components';
import { DoorArrowRight20Regular, Laptop20Regular, Settings20Regular } from '@fluentui/react-icons';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Initials } from '../ui/Initials.tsx';
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
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          appearance="subtle"
          aria-label={t('account.label', { name: session.displayName })}
          icon={{ className: styles.icon, children: <Initials name={session.displayName} /> }}
        />
      </MenuTrigger>
      <MenuPopover>
        <div className={styles.who}>
          <Text block weight="semibold">
            {session.displayName}
          </Text>
          <Text block size={200}>
            {session.userName} · {t(`account.role.${session.role}`)}
          </Text>
        </div>
        <MenuList>
          <MenuDivider />
          <MenuItem icon={<Laptop20Regular />} onClick={() => void navigate({ to: '/settings/sessions' })}>
            {t('account.sessions')}
          </MenuItem>
          <MenuItem icon={<Settings20Regular />} onClick={() => void navigate({ to: '/settings' })}>
            {t('account.settings')}
          </MenuItem>
          <MenuItem icon={<DoorArrowRight20Regular />} onClick={leave}>
            {t('account.signOut')}
          </MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
