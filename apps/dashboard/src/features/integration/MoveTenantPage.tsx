import { Field, Input, makeStyles, Text } from '@fluentui/react-components';
import type { DisableEffect } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, isProblem, useCall } from '../../shell/api.ts';
import { fluentRef } from '../../ui/fluentRef.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import { Microsoft365Page } from './Microsoft365Page.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: '20px', display: 'grid', gap: '6px', overflowWrap: 'anywhere' },
});

function MoveEffect({ effect }: { readonly effect: DisableEffect }) {
  const styles = useStyles();
  const { t } = useTranslation('administrator');
  const { tenantName: tenant, people, groups, waitingLicenses, domains, seats } = effect;
  const ends = [
    t('move.people', { count: people }),
    ...(groups === 0 ? [] : [t('move.groups', { count: groups })]),
    ...(waitingLicenses === 0 ? [] : [t('move.waiting', { count: waitingLicenses })]),
    t('move.registration'),
  ];
  const shownSeats = seats.map(({ name, used }) => `${name} (${used})`).join(', ');
  const needs = [
    domains.length === 0 ? t('move.noDomains') : t('move.domains', { tenant, domains: domains.join(', ') }),
    seats.length === 0 ? t('move.noSeats') : t('move.seats', { seats: shownSeats }),
    t('move.passwords'),
    t('move.next'),
  ];
  return (
    <>
      <Text>{t('move.text')}</Text>
      {[
        { title: t('move.ends', { tenant }), lines: ends },
        { title: t('move.needs'), lines: needs },
      ].map(({ title, lines }) => (
        <section key={title}>
          <Text as="h3" weight="semibold" block>
            {title}
          </Text>
          <ul className={styles.list}>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

/** The guided way to another tenant: what changes, leaving the one there is, and on to integrating the other. */
export function MoveTenantPage() {
  const { t } = useTranslation('administrator');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const planned = useQuery({
    queryKey: ['disableIntegration', 'plan'],
    queryFn: ({ signal }) => api.call('disableIntegration', { query: { dryRun: 'true' }, body: {} }, { signal }),
    staleTime: 0,
  });
  const leave = useCall('disableIntegration');
  const effect = planned.data?.effect;
  const tenant = effect?.tenantName ?? '';
  const isWrongName = isProblem(leave.error, 'integration.not-confirmed');
  const onFinish = (): void =>
    leave.mutate(
      { body: { remember: false, confirm: typed } },
      { onSuccess: () => void queryClient.invalidateQueries(), onError: () => field.current?.focus() },
    );
  return (
    <>
      <Microsoft365Page />
      <Wizard
        title={t('move.title')}
        finishLabel={t('move.finish', { tenant })}
        onFinish={onFinish}
        busy={leave.isPending}
        hasData={typed !== ''}
        onClose={() => void navigate({ to: leave.isSuccess ? '/setup/microsoft365' : '/microsoft365' })}
        {...(leave.isSuccess ? { closeLabel: t('move.go') } : {})}
        result={leave.isSuccess ? <StateLabel tone="success">{t('move.done', { tenant })}</StateLabel> : undefined}
        steps={[
          {
            id: 'effect',
            label: t('move.step.effect'),
            blocked: effect === undefined,
            content: (
              <>
                {planned.isPending && <Waiting />}
                {planned.isError && <ProblemMessage error={planned.error} onRetry={() => void planned.refetch()} />}
                {effect !== undefined && <MoveEffect effect={effect} />}
              </>
            ),
          },
          {
            id: 'confirm',
            label: t('move.step.confirm'),
            content: (
              <>
                <Field
                  label={t('move.type', { tenant })}
                  {...(isWrongName ? { validationMessage: t('move.wrong', { tenant }) } : {})}
                  required
                >
                  <Input
                    ref={fluentRef(field)}
                    value={typed}
                    autoComplete="off"
                    onChange={(_event, data) => {
                      setTyped(data.value);
                      leave.reset();
                    }}
                  />
                </Field>
                {leave.isError && !isWrongName && <ProblemMessage error={leave.error} />}
              </>
            ),
          },
        ]}
      />
    </>
  );
}
