import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Text,
} from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { Dialog } from '../../ui/modal.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { unlessBackdrop } from '../../ui/unlessBackdrop.ts';

interface TurnOffDialogProps {
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks once: settings and password are gone afterwards. */
export function TurnOffDialog({ onDone, onClose }: TurnOffDialogProps) {
  const { t } = useTranslation(['notifications', 'common']);
  const queryClient = useQueryClient();
  const { announce } = useVoice();
  const turnOff = useCall('turnOffNotifications');
  const run = (): void => {
    if (turnOff.isPending) return;
    turnOff.mutate(
      {},
      {
        onSuccess: () => {
          announce(t('off.done'));
          onDone();
          onClose();
          void queryClient.invalidateQueries({ queryKey: ['getNotifications'] });
        },
      },
    );
  };
  return (
    <Dialog open onOpenChange={unlessBackdrop(onClose)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('off.title')}</DialogTitle>
          <DialogContent>
            <Text>{t('off.text')}</Text>
            {turnOff.isError && <ProblemMessage error={turnOff.error} />}
          </DialogContent>
          <DialogActions>
            <Button
              appearance="primary"
              disabledFocusable={turnOff.isPending}
              icon={turnOff.isPending ? <BusyIcon /> : null}
              onClick={run}
            >
              {t('off.verb')}
            </Button>
            <Button onClick={onClose}>{t('common:cancel')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
