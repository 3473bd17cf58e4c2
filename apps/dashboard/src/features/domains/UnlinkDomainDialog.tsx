import { Button, Field, Input, MessageBar, MessageBarBody, makeStyles, Text } from '@fluentui/react-components';
import type { DomainDetails, DomainUseView } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, isProblem, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { DomainDialog } from './DomainDialog.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: '18px', overflowWrap: 'anywhere' },
  move: { marginBlock: '8px' },
});

const NAMED = 10;

interface UnlinkDomainDialogProps {
  readonly domain: DomainDetails;
  /** Moves these accounts to another domain first. */
  readonly onMove: (accounts: readonly DomainUseView[]) => void;
  readonly onClose: () => void;
}

/** Removes the domain from the tenant once nothing uses it any more. */
export function UnlinkDomainDialog({ domain, onMove, onClose }: UnlinkDomainDialogProps) {
  const styles = useStyles();
  const { t } = useTranslation('domains');
  const { notify } = useVoice();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { name, shown } = domain;
  const [typed, setTyped] = useState('');
  const plan = useQuery({
    queryKey: ['unlinkDomain', name],
    queryFn: ({ signal }) =>
      api.call('unlinkDomain', { params: { name }, query: { dryRun: 'true' }, body: {} }, { signal }),
    staleTime: 0,
    gcTime: 0,
  });
  const unlink = useCall('unlinkDomain');
  const isWrongName = isProblem(unlink.error, 'domains.not-confirmed');
  const run = (): void =>
    unlink.mutate(
      { params: { name }, query: {}, body: { confirm: typed } },
      {
        onSuccess: ({ done }) => {
          if (!done) {
            void plan.refetch();
            return;
          }
          void queryClient.invalidateQueries({ queryKey: ['listDomains'] });
          notify('success', t('unlink.done', { name: shown }));
          void navigate({ to: '/microsoft365' });
        },
      },
    );
  const { uses = [], problem = null } = plan.data ?? {};
  const rest = uses.length - NAMED;
  const accounts = uses.filter(({ kind }) => kind === 'user');
  return (
    <DomainDialog
      title={t('unlink.title', { name: shown })}
      verb={t('unlink.verb')}
      ready={plan.data !== undefined && problem === null && typed !== ''}
      busy={unlink.isPending}
      error={isWrongName ? null : unlink.error}
      onSubmit={run}
      onClose={onClose}
    >
      <Text>{t('unlink.text')}</Text>
      {plan.isPending && <Waiting label={t('unlink.reading')} />}
      {plan.isError && <ProblemMessage error={plan.error} onRetry={() => void plan.refetch()} />}
      {problem !== null && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            {problem.message} {problem.remedy}
          </MessageBarBody>
        </MessageBar>
      )}
      {uses.length > 0 && (
        <section>
          <Text as="h3" weight="semibold" block>
            {t('unlink.uses')}
          </Text>
          <ul className={styles.list}>
            {uses.slice(0, NAMED).map((use) => (
              <li key={use.id}>
                {t(`unlink.kind.${use.kind}`)}: {use.name}
              </li>
            ))}
            {rest > 0 && <li>{t('unlink.more', { count: rest })}</li>}
          </ul>
          {accounts.length > 0 && (
            <Button className={styles.move} onClick={() => onMove(accounts)}>
              {t('unlink.move', { count: accounts.length })}
            </Button>
          )}
          {accounts.length < uses.length && <Text block>{t('unlink.others')}</Text>}
        </section>
      )}
      {plan.data !== undefined && problem === null && (
        <Field
          label={t('unlink.type', { name })}
          required
          {...(isWrongName ? { validationMessage: t('unlink.wrong', { name }) } : {})}
        >
          <Input
            value={typed}
            autoComplete="off"
            onChange={(_event, data) => {
              setTyped(data.value);
              unlink.reset();
            }}
          />
        </Field>
      )}
    </DomainDialog>
  );
}
