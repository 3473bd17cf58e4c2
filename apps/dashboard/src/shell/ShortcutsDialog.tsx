import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/modal.ts';
import { useAppearance } from './appearance.tsx';

const useStyles = makeStyles({
  list: {
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: '10px 20px',
    margin: 0,
    alignItems: 'baseline',
  },
  keys: { fontFamily: tokens.fontFamilyMonospace, whiteSpace: 'nowrap' },
  meaning: { margin: 0 },
});

const everywhere = [
  ['Ctrl+K', 'palette'],
  ['Ctrl+E', 'filter'],
  ['Esc', 'escape'],
  ['↑ ↓ ← →', 'arrows'],
  ['Home / End', 'lineEnds'],
  ['Ctrl+Home / Ctrl+End', 'listEnds'],
  ['Space', 'select'],
  ['Shift+↑ / Shift+↓', 'extend'],
  ['Ctrl+A', 'selectAll'],
  ['Enter', 'open'],
] as const;
const single = [
  ['/', 'filter'],
  ['g h · g u · g a · g j · g s', 'goTo'],
] as const;

export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(['shell', 'common']);
  const { singleKeys } = useAppearance();
  const help = singleKeys === 'off' ? [] : ([['?', 'help']] as const);
  const shortcuts = [...everywhere, ...help, ...(singleKeys === 'all' ? single : [])];
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('help.shortcuts')}</DialogTitle>
          <DialogContent>
            <dl className={styles.list}>
              {shortcuts.map(([keys, meaning]) => (
                <div key={keys} style={{ display: 'contents' }}>
                  <dt className={styles.keys}>{keys}</dt>
                  <dd className={styles.meaning}>{t(`help.key.${meaning}`)}</dd>
                </div>
              ))}
            </dl>
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onClose}>
              {t('common:close')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
