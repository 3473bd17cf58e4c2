import { makeStyles } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { OverlayDrawer } from '../ui/modal.ts';
import { Navigation } from './Navigation.tsx';

const useStyles = makeStyles({ drawer: { width: '260px', padding: '8px' } });

/** The sections on narrow screens. */
export function NavigationDrawer({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation('shell');
  return (
    <OverlayDrawer
      className={styles.drawer}
      open
      onOpenChange={(_event, data) => {
        if (!data.open) onClose();
      }}
      aria-label={t('navigation.label')}
    >
      <Navigation />
    </OverlayDrawer>
  );
}
