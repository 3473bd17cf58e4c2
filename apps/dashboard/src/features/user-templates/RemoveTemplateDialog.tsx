import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Text,
} from '@fluentui/react-components';
import type { UserTemplate } from '@isthmus/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../shell/api.ts';
import { Dialog } from '../../ui/modal.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { unlessBackdrop } from '../../ui/unlessBackdrop.ts';

interface RemoveTemplateDialogProps {
  readonly template: UserTemplate;
  readonly onClose: () => void;
}

export function RemoveTemplateDialog({ template, onClose }: RemoveTemplateDialogProps) {
  const { t } = useTranslation(['userTemplates', 'common']);
  const queryClient = useQueryClient();
  const remove = useCall('removeUserTemplate');
  const run = (): void =>
    remove.mutate(
      { params: { id: template.id } },
      {
        onSuccess: () => {
          void queryClient.invalidateQueries({ queryKey: ['listUserTemplates'] });
          onClose();
        },
      },
    );
  return (
    <Dialog open onOpenChange={unlessBackdrop(onClose)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('removeTitle', { name: template.name })}</DialogTitle>
          <DialogContent>
            <Text>{t('removeText')}</Text>
            {remove.isError && <ProblemMessage error={remove.error} />}
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" disabledFocusable={remove.isPending} onClick={run}>
              {t('remove')}
            </Button>
            <Button onClick={onClose}>{t('common:cancel')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
