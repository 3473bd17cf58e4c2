import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../../ui/modal.ts';
import type { UsersSearch } from '../useUsersSearch.ts';

const whereOf = ({ pathname, search }: { pathname: string; search: unknown }): string => {
  const { open, tab } = search as UsersSearch;
  return `${pathname} ${open} ${tab}`;
};

/** Asks before edited properties are left behind by another person, another tab or another page. */
export function LeaveWithChanges({ dirty }: { readonly dirty: boolean }) {
  const { t } = useTranslation(['users', 'userPanel']);
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => dirty && next.pathname !== '/sign-in' && whereOf(current) !== whereOf(next),
    enableBeforeUnload: dirty,
    withResolver: true,
  });
  if (blocker.status !== 'blocked') return null;
  return (
    <Dialog open onOpenChange={blocker.reset}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t('userPanel:leave.title')}</DialogTitle>
          <DialogContent>{t('userPanel:leave.text')}</DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={blocker.reset}>
              {t('userPanel:leave.stay')}
            </Button>
            <Button onClick={blocker.proceed}>{t('userPanel:leave.discard')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
