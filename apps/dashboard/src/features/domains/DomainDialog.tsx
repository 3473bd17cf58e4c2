import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
} from '@fluentui/react-components';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { Dialog } from '../../ui/modal.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { unlessBackdrop } from '../../ui/unlessBackdrop.ts';

const useStyles = makeStyles({
  title: { overflowWrap: 'anywhere' },
  content: { display: 'flex', flexDirection: 'column', gap: '14px', minHeight: '120px' },
});

interface DomainDialogProps {
  readonly title: string;
  readonly verb: string;
  readonly ready: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly children: ReactNode;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}

/** A command about a domain: what it does, then the verb. */
export function DomainDialog({ title, verb, ready, busy, error, children, onSubmit, onClose }: DomainDialogProps) {
  const styles = useStyles();
  const { t } = useTranslation('common');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (ready && !busy) onSubmit();
  };
  return (
    <Dialog open onOpenChange={unlessBackdrop(onClose)}>
      <DialogSurface>
        <form onSubmit={submit} noValidate>
          <DialogBody>
            <DialogTitle className={styles.title}>{title}</DialogTitle>
            <DialogContent className={styles.content}>
              {children}
              {error !== null && <ProblemMessage error={error} />}
            </DialogContent>
            <DialogActions>
              <Button
                type="submit"
                appearance="primary"
                disabledFocusable={!ready || busy}
                icon={busy ? <BusyIcon /> : null}
              >
                {verb}
              </Button>
              <Button onClick={onClose}>{t('cancel')}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
