import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Text,
} from '@fluentui/react-components';
import type { ResponseOf } from '@isthmus/api-client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { Dialog } from '../../ui/modal.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { unlessBackdrop } from '../../ui/unlessBackdrop.ts';
import { Waiting } from '../../ui/Waiting.tsx';

const useStyles = makeStyles({
  title: { overflowWrap: 'anywhere' },
  content: { display: 'flex', flexDirection: 'column', gap: '14px', minHeight: '120px' },
  list: { margin: 0, paddingInlineStart: '18px', overflowWrap: 'anywhere' },
});

export type GroupAnswer = ResponseOf<'changeGroup'>;

interface GroupDialogProps {
  readonly title: string;
  readonly explanation: string;
  readonly verb: string;
  /** Fields; absent where there is nothing to fill in. */
  readonly children?: ReactNode;
  /** False while something is missing. */
  readonly ready: boolean;
  /** What the preview depends on; a new one is asked for when it changes. */
  readonly previewKey: readonly unknown[];
  readonly call: (dryRun: boolean) => Promise<GroupAnswer>;
  readonly onClose: () => void;
  readonly onDone?: (answer: GroupAnswer) => void;
}

function Preview({ answer }: { readonly answer: GroupAnswer }) {
  const styles = useStyles();
  const { t } = useTranslation('groups');
  return (
    <>
      {answer.changes.length > 0 && (
        <ul className={styles.list}>
          {answer.changes.map(({ field, before, after }) => (
            <li key={`${field} ${before} ${after}`}>
              {t('dialog.change_line', { field, before: before ?? '–', after: after ?? '–' })}
            </li>
          ))}
        </ul>
      )}
      {answer.warnings.map((warning) => (
        <MessageBar key={warning.code} intent="warning" layout="multiline">
          <MessageBarBody>
            {warning.message} {warning.remedy}
          </MessageBarBody>
        </MessageBar>
      ))}
    </>
  );
}

/** A change of a group: what it does is asked of the server before it can be done. */
export function GroupDialog(props: GroupDialogProps) {
  const { title, explanation, verb, children, ready, previewKey, call, onClose, onDone } = props;
  const styles = useStyles();
  const { t } = useTranslation(['groups', 'common']);
  const queryClient = useQueryClient();
  const [isDone, setDone] = useState(false);
  const preview = useQuery({
    queryKey: ['groupPreview', ...previewKey],
    queryFn: () => call(true),
    enabled: ready && !isDone,
    retry: false,
    gcTime: 0,
    staleTime: 0,
  });
  const run = useMutation({
    mutationFn: () => call(false),
    onSuccess: async (answer) => {
      setDone(true);
      await queryClient.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).endsWith('Group') });
      await queryClient.invalidateQueries({ queryKey: ['listGroups'] });
      onDone?.(answer);
      onClose();
    },
  });
  const isReady = ready && preview.data !== undefined && !preview.isFetching;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady && !run.isPending) run.mutate();
  };
  const error = run.error ?? (ready ? preview.error : null);
  return (
    <Dialog open onOpenChange={unlessBackdrop(onClose)}>
      <DialogSurface>
        <form onSubmit={submit}>
          <DialogBody>
            <DialogTitle className={styles.title}>{title}</DialogTitle>
            <DialogContent className={styles.content} tabIndex={0}>
              <Text>{explanation}</Text>
              {children}
              {ready && preview.isPending && <Waiting />}
              {ready && preview.data !== undefined && <Preview answer={preview.data} />}
              {error !== null && <ProblemMessage error={error} />}
            </DialogContent>
            <DialogActions>
              <Button
                type="submit"
                appearance="primary"
                disabledFocusable={!isReady || run.isPending}
                icon={run.isPending ? <BusyIcon /> : null}
              >
                {verb}
              </Button>
              <Button onClick={onClose}>{t('common:cancel')}</Button>
            </DialogActions>
          </DialogBody>
        </form>
      </DialogSurface>
    </Dialog>
  );
}
