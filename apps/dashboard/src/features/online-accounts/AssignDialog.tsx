import {
  Button,
  Combobox,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  makeStyles,
  Option,
  Text,
} from '@fluentui/react-components';
import type { Job } from '@isthmus/contracts';
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryOf } from '../../shell/api.ts';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { Dialog } from '../../ui/modal.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { PlanNotices } from '../../ui/plan/PlanNotices.tsx';
import { PlanSides } from '../../ui/plan/PlanSides.tsx';
import { unlessBackdrop } from '../../ui/unlessBackdrop.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { JobFailures } from '../jobs/JobFailures.tsx';
import { useJobOutcome } from '../jobs/useJobOutcome.ts';

const useStyles = makeStyles({
  title: { overflowWrap: 'anywhere' },
  content: { display: 'flex', flexDirection: 'column', gap: '14px', minHeight: '160px' },
});
const OFFERED = 50;
/** Long enough for one person on both sides. */
const WAIT_SECONDS = 5;

interface Choice {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
}

/** The one end that is known; the other is chosen here. */
export type AssignTarget =
  | { readonly account: { readonly id: string; readonly address: string } }
  | { readonly user: { readonly id: string; readonly displayName: string } };

/** The people or accounts that are still free, as they are typed. */
function useChoices(target: AssignTarget, typed: string): readonly Choice[] | undefined {
  const q = typed.trim() === '' ? {} : { q: typed.trim() };
  const forAccount = 'account' in target;
  const users = useQuery({
    ...queryOf('listUsers', { query: { ...q, filter: 'without-online-account', limit: OFFERED } }),
    enabled: forAccount,
    placeholderData: keepPreviousData,
  });
  const accounts = useQuery({
    ...queryOf('listOnlineAccounts', { query: { ...q, filter: 'not-linked', limit: OFFERED } }),
    enabled: !forAccount,
    placeholderData: keepPreviousData,
  });
  if (forAccount) {
    return users.data?.items.map((user) => ({ id: user.id, label: user.displayName, detail: user.userName }));
  }
  return accounts.data?.items.map(({ id, address, displayName }) => ({ id, label: address, detail: displayName }));
}

function Picker(props: { readonly target: AssignTarget; readonly onChoose: (choice: Choice | undefined) => void }) {
  const { target, onChoose } = props;
  const { t } = useTranslation('onlineAccounts');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<Choice>();
  const choices = useChoices(target, chosen === undefined ? typed : '');
  const end = 'account' in target ? 'user' : 'account';
  return (
    <Field label={t(`assign.${end}`)} hint={t(`assign.${end}Hint`)} required>
      <Combobox
        placeholder={t('assign.choose')}
        value={chosen?.label ?? typed}
        selectedOptions={chosen === undefined ? [] : [chosen.id]}
        onChange={(event) => {
          setTyped(event.target.value);
          setChosen(undefined);
          onChoose(undefined);
        }}
        onOptionSelect={(_event, { optionValue }) => {
          const choice = choices?.find(({ id }) => id === optionValue);
          setChosen(choice);
          onChoose(choice);
        }}
      >
        {choices?.map(({ id, label, detail }) => (
          <Option key={id} value={id} text={label}>
            <span>
              <bdi>{label}</bdi> · <bdi>{detail}</bdi>
            </span>
          </Option>
        ))}
        {choices?.length === 0 && (
          <Option disabled value="" text={t('assign.nothing')}>
            {t('assign.nothing')}
          </Option>
        )}
      </Combobox>
    </Field>
  );
}

/** Links an online account and a user account that are both there; shows what that overwrites before it is done. */
export function AssignDialog({ target, onClose }: { readonly target: AssignTarget; readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation(['onlineAccounts', 'users', 'common']);
  const [chosen, setChosen] = useState<Choice>();
  const [failed, setFailed] = useState<Job>();
  const outcome = useJobOutcome();
  const accountId = 'account' in target ? target.account.id : chosen?.id;
  const userId = 'user' in target ? target.user.id : chosen?.id;
  const request = (query: { readonly dryRun: 'true' } | { readonly wait: number }) =>
    api.call('assignOnlineAccount', { params: { id: accountId ?? '' }, query, body: { userId: userId ?? '' } });
  const plan = useQuery({
    queryKey: ['plan', 'assign', accountId, userId],
    queryFn: async () => {
      const result = await request({ dryRun: 'true' });
      if (result.kind !== 'plan') throw new Error('A dry run answers a plan');
      return result.plan;
    },
    enabled: chosen !== undefined,
    gcTime: 0,
    staleTime: 0,
  });
  const run = useMutation({
    mutationFn: () => request({ wait: WAIT_SECONDS }),
    onSuccess: (result) => {
      const problem = outcome(result);
      if (problem === undefined) onClose();
      else setFailed(problem);
    },
  });
  const ready = plan.data?.items.every((item) => item.blocked === null) === true;
  const title =
    'account' in target
      ? t('assign.titleAccount', { address: target.account.address })
      : t('assign.titleUser', { name: target.user.displayName });
  return (
    <Dialog open onOpenChange={unlessBackdrop(onClose)}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle className={styles.title}>{title}</DialogTitle>
          <DialogContent className={styles.content}>
            <Text>{t('assign.explain')}</Text>
            <Picker target={target} onChoose={setChosen} />
            {chosen !== undefined && plan.isPending && <Waiting label={t('users:dialog.planning')} />}
            {plan.isError && <ProblemMessage error={plan.error} onRetry={() => void plan.refetch()} />}
            {chosen !== undefined && plan.data !== undefined && (
              <>
                <PlanSides plan={plan.data} />
                <PlanNotices plan={plan.data} />
              </>
            )}
            {run.isError && <ProblemMessage error={run.error} />}
            {failed !== undefined && <JobFailures job={failed} />}
          </DialogContent>
          <DialogActions fluid>
            <Button
              appearance="primary"
              disabledFocusable={!ready || run.isPending || failed !== undefined}
              icon={run.isPending ? <BusyIcon /> : null}
              onClick={() => run.mutate()}
            >
              {t('assign.verb')}
            </Button>
            <Button onClick={onClose}>{t(failed === undefined ? 'common:cancel' : 'common:close')}</Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
