import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  mergeClasses,
} from '@fluentui/react-components';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../modal.ts';
import { unlessBackdrop } from '../unlessBackdrop.ts';
import { WizardFrame } from './WizardFrame.tsx';
import type { WizardProps } from './wizardTypes.ts';

const useStyles = makeStyles({
  surface: {
    width: '780px',
    maxWidth: '100vw',
    height: 'min(640px, 100dvh)',
    boxSizing: 'border-box',
    '@media (max-width: 599px)': { padding: '12px', height: '100dvh', borderRadius: 0 },
  },
  wide: { width: '1000px', height: 'min(720px, 100dvh)', '@media (max-width: 599px)': { height: '100dvh' } },
  page: { height: '100%' },
});

function AskToClose({ onStay, onLeave }: { readonly onStay: () => void; readonly onLeave: () => void }) {
  const { t } = useTranslation('common');
  return (
    <Dialog open onOpenChange={onStay}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('wizard.leave.title')}</DialogTitle>
          <DialogContent>{t('wizard.leave.text')}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={onStay}>
              {t('wizard.leave.stay')}
            </Button>
            <Button onClick={onLeave}>{t('wizard.leave.leave')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}

/** A wizard in a dialog, or as a page of its own; closing it with data asks once. */
export function Wizard(props: WizardProps) {
  const styles = useStyles();
  const { title, hasData, onClose, result, presentation = 'dialog' } = props;
  const [asking, setAsking] = useState(false);
  const askClose = (): void => {
    if (hasData && result === undefined) setAsking(true);
    else onClose();
  };
  const frame = (
    <>
      <WizardFrame {...props} onAskClose={askClose} />
      {asking && <AskToClose onStay={() => setAsking(false)} onLeave={onClose} />}
    </>
  );
  if (presentation === 'page') return <div className={styles.page}>{frame}</div>;
  return (
    <Dialog open onOpenChange={unlessBackdrop(askClose)}>
      <DialogSurface
        className={mergeClasses(styles.surface, presentation === 'wide-dialog' && styles.wide)}
        aria-label={title}
      >
        {frame}
      </DialogSurface>
    </Dialog>
  );
}
