import {
  Button,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Input,
  makeStyles,
  Text,
} from '@fluentui/react-components';
import type { Job, Plan } from '@isthmus/contracts';
import { type UseQueryResult, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BusyIcon } from '../../../ui/BusyIcon.tsx';
import { Dialog } from '../../../ui/modal.ts';
import { ProblemMessage } from '../../../ui/ProblemMessage.tsx';
import { PlanNotices } from '../../../ui/plan/PlanNotices.tsx';
import { PlanSides } from '../../../ui/plan/PlanSides.tsx';
import { unlessBackdrop } from '../../../ui/unlessBackdrop.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import { JobFailures } from '../../jobs/JobFailures.tsx';
import { useJobOutcome } from '../../jobs/useJobOutcome.ts';
import { Consequences } from './Consequences.tsx';
import { planUserCommand, runUserCommand } from './userCommand.ts';
import { explained, type OwnDialogKind, onlySubject, type UserDialogTarget } from './userDialogKinds.ts';

const useStyles = makeStyles({
  content: { display: 'flex', flexDirection: 'column', gap: '14px', minHeight: '120px' },
  instead: { marginInlineEnd: 'auto' },
});

/** From so many people on, their number has to be typed to remove them. */
const TYPED_FROM = 10;

type PlainTarget = UserDialogTarget & { kind: Exclude<UserDialogTarget['kind'], OwnDialogKind> };

interface UserCommandDialogProps {
  readonly target: PlainTarget;
  readonly onClose: () => void;
  readonly onInstead: (target: UserDialogTarget) => void;
}

interface PlannedPartProps {
  readonly target: PlainTarget;
  readonly plan: UseQueryResult<Plan>;
}

function PlannedPart({ target: { kind, account }, plan }: PlannedPartProps) {
  const { t } = useTranslation(['users', 'userDialogs']);
  if (plan.isPending) return <Waiting label={t('userDialogs:dialog.planning')} />;
  if (plan.isError) return <ProblemMessage error={plan.error} onRetry={() => void plan.refetch()} />;
  const explanation = explained.find((one) => one === kind);
  const hasTwoSides = kind === 'deactivate' || kind === 'remove';
  return (
    <>
      {explanation !== undefined && (
        <Text>{t(`userDialogs:dialog.explain.${account === undefined ? explanation : 'accountAlone'}`)}</Text>
      )}
      {hasTwoSides ? <Consequences kind={kind} plan={plan.data} /> : <PlanSides plan={plan.data} />}
      <PlanNotices plan={plan.data} />
    </>
  );
}

const canRun = (plan: Plan | undefined): boolean =>
  plan !== undefined && plan.blocked === null && plan.items.some((item) => item.blocked === null);

/** Names the people, shows what happens on each side as the server plans it, and asks for the verb. */
export function UserCommandDialog({ target, onClose, onInstead }: UserCommandDialogProps) {
  const styles = useStyles();
  const { t, i18n } = useTranslation(['users', 'common', 'userDialogs']);
  const { kind, count } = target;
  const only = onlySubject(target);
  const [typed, setTyped] = useState('');
  const [failed, setFailed] = useState<Job>();
  const outcome = useJobOutcome();
  const plan = useQuery({
    queryKey: ['plan', kind, target.selection, target.accountIds],
    queryFn: () => planUserCommand(target),
    gcTime: 0,
    staleTime: 0,
  });
  const run = useMutation({
    mutationFn: () => runUserCommand(target, needsTyping ? typed.trim() : undefined),
    onSuccess: (result) => {
      const problem = outcome(result);
      if (problem === undefined) onClose();
      else setFailed(problem);
    },
  });
  const concerned = plan.data?.items.filter((item) => item.blocked === null).length ?? 0;
  const needsTyping = kind === 'remove' && count > TYPED_FROM;
  const confirmed = !needsTyping || typed.trim() === String(count);
  const number = new Intl.NumberFormat(i18n.language).format(count);
  const name = only?.name ?? '';
  const one = only === undefined ? 'many' : 'one';
  return (
    <Dialog open onOpenChange={unlessBackdrop(onClose)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{t(`userDialogs:dialog.${kind}.title.${one}`, { name, count, number })}</DialogTitle>
          <DialogContent className={styles.content} tabIndex={0}>
            <PlannedPart target={target} plan={plan} />
            {needsTyping && (
              <Field label={t('userDialogs:dialog.remove.type', { count: number })} required>
                <Input value={typed} inputMode="numeric" onChange={(_event, data) => setTyped(data.value)} />
              </Field>
            )}
            {run.isError && <ProblemMessage error={run.error} />}
            {failed !== undefined && <JobFailures job={failed} />}
          </DialogContent>
          <DialogActions fluid>
            {kind === 'remove' && failed === undefined && (
              <Button className={styles.instead} onClick={() => onInstead({ ...target, kind: 'deactivate' })}>
                {t('userDialogs:dialog.remove.instead')}
              </Button>
            )}
            <Button
              appearance="primary"
              disabledFocusable={!(canRun(plan.data) && confirmed) || run.isPending || failed !== undefined}
              icon={run.isPending ? <BusyIcon /> : null}
              onClick={() => run.mutate()}
            >
              {t(`userDialogs:dialog.${kind}.verb`, { count: concerned })}
            </Button>
            <Button onClick={onClose}>{t(failed === undefined ? 'common:cancel' : 'common:close')}</Button>
          </DialogActions>
          {run.isPending && count > 1 && <Text size={200}>{t('userDialogs:dialog.goesOn')}</Text>}
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
