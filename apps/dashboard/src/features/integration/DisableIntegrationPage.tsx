import { Field, Input, Text } from '@fluentui/react-components';
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
import { DisableEffectStep } from './DisableEffectStep.tsx';
import { Microsoft365Page } from './Microsoft365Page.tsx';

/** The wizard at its own address: what stops and what stays, then the name of the tenant to confirm. */
export function DisableIntegrationPage() {
  const { t } = useTranslation('disableIntegration');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [remember, setRemember] = useState(true);
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const planned = useQuery({
    queryKey: ['disableIntegration', 'plan'],
    queryFn: ({ signal }) => api.call('disableIntegration', { query: { dryRun: 'true' }, body: {} }, { signal }),
    staleTime: 0,
  });
  const disable = useCall('disableIntegration');
  const effect = planned.data?.effect;
  const tenant = effect?.tenantName ?? '';
  const isWrongName = isProblem(disable.error, 'integration.not-confirmed');
  const onFinish = (): void =>
    disable.mutate(
      { body: { remember, confirm: typed } },
      { onSuccess: () => void queryClient.invalidateQueries(), onError: () => field.current?.focus() },
    );
  const onClose = (): void => void navigate({ to: '/microsoft365' });
  return (
    <>
      <Microsoft365Page />
      <Wizard
        title={t('title')}
        finishLabel={t('finish')}
        onFinish={onFinish}
        busy={disable.isPending}
        hasData={typed !== ''}
        onClose={onClose}
        result={
          disable.isSuccess ? (
            <>
              <StateLabel tone="success">{t('done', { tenant })}</StateLabel>
              <Text>{t('next')}</Text>
            </>
          ) : undefined
        }
        steps={[
          {
            id: 'effect',
            label: t('step.effect'),
            blocked: effect === undefined,
            content: (
              <>
                {planned.isPending && <Waiting />}
                {planned.isError && <ProblemMessage error={planned.error} onRetry={() => void planned.refetch()} />}
                {effect !== undefined && (
                  <DisableEffectStep effect={effect} remember={remember} onRemember={setRemember} />
                )}
              </>
            ),
          },
          {
            id: 'confirm',
            label: t('step.confirm'),
            content: (
              <>
                <Field
                  label={t('type', { tenant })}
                  {...(isWrongName ? { validationMessage: t('wrong', { tenant }) } : {})}
                  required
                >
                  <Input
                    ref={fluentRef(field)}
                    value={typed}
                    autoComplete="off"
                    onChange={(_event, data) => {
                      setTyped(data.value);
                      disable.reset();
                    }}
                  />
                </Field>
                {disable.isError && !isWrongName && <ProblemMessage error={disable.error} />}
              </>
            ),
          },
        ]}
      />
    </>
  );
}
