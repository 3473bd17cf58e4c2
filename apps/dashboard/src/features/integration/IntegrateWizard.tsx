import {
  Field,
  Link,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Radio,
  RadioGroup,
  Text,
} from '@fluentui/react-components';
import type { Integration } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryOf } from '../../shell/api.ts';
import { Facts } from '../../ui/Facts.tsx';
import { CountrySelect } from '../../ui/form/CountrySelect.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import { chosenTenant, needsCancel } from './attemptSteps.ts';
import { LeftOver, Registration } from './Registration.tsx';
import { RequirementsStep } from './RequirementsStep.tsx';
import { SignInStep } from './SignInStep.tsx';
import { useSetUpAttempt } from './useSetUpAttempt.ts';

const useStyles = makeStyles({ list: { margin: 0, paddingInlineStart: '18px' } });
const made = ['application', 'permissions', 'role', 'certificate'] as const;

function StartStep({ integration }: { readonly integration: Integration | undefined }) {
  const { t } = useTranslation('integration');
  const styles = useStyles();
  const [has, setHas] = useState<'yes' | 'no'>('yes');
  const signUp = useQuery({ ...queryOf('getSignUp', {}), enabled: has === 'no' });
  return (
    <>
      <Text>{t('start.text')}</Text>
      {integration?.unfinished && <LeftOver things={integration.unfinished.leftOver} />}
      {integration?.disabled && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('start.disabled', { tenant: integration.disabled.tenantName })}</MessageBarBody>
        </MessageBar>
      )}
      <Field label={t('start.question')}>
        <RadioGroup value={has} onChange={(_event, data) => setHas(data.value === 'no' ? 'no' : 'yes')}>
          <Radio value="yes" label={t('start.have')} />
          <Radio value="no" label={t('start.need')} />
        </RadioGroup>
      </Field>
      {has === 'no' && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>
            {t('start.signUpText')}
            <ul className={styles.list}>
              {signUp.data?.links.map(({ kind, url }) => (
                <li key={kind}>
                  <Link inline href={url} target="_blank" rel="noreferrer">
                    {t(`start.signUp.${kind}`)}
                  </Link>
                </li>
              ))}
            </ul>
          </MessageBarBody>
        </MessageBar>
      )}
    </>
  );
}

function useReview(usageLocation: string, set: ReturnType<typeof useSetUpAttempt>) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('integration');
  const tenant = chosenTenant(set.attempt);
  const country =
    usageLocation === '' ? '' : new Intl.DisplayNames(i18n.language, { type: 'region' }).of(usageLocation);
  return (
    <>
      <Facts
        facts={[
          { id: 'tenant', label: t('fact.tenant'), value: tenant?.displayName },
          { id: 'domain', label: t('fact.initialDomain'), value: tenant?.initialDomain },
          { id: 'administrator', label: t('fact.administrator'), value: set.attempt?.administrator },
          { id: 'location', label: t('fact.usageLocation'), value: country },
        ]}
      />
      <Text weight="semibold">{t('review.made')}</Text>
      <ul className={styles.list}>
        {made.map((thing) => (
          <li key={thing}>{t(`review.${thing}`)}</li>
        ))}
      </ul>
      <Text>{t('review.nothingElse')}</Text>
      {set.error !== null && <ProblemMessage error={set.error} />}
    </>
  );
}

/** Connects the tenant: requirements, sign-in by device code, Review, registering. Cancelling takes everything back. */
export function IntegrateWizard() {
  const { t } = useTranslation('integration');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const integration = useQuery(queryOf('getIntegration', {})).data;
  const set = useSetUpAttempt();
  const { attempt } = set;
  const [chosenLocation, setChosenLocation] = useState<string>();
  const usageLocation = chosenLocation ?? attempt?.suggestedUsageLocation ?? '';
  const [confirmed, setConfirmed] = useState(false);
  const [chosenTwice, setChosenTwice] = useState(false);
  const requirements = useQuery({
    queryKey: ['checkRequirements'],
    queryFn: ({ signal }) => api.call('checkRequirements', {}, { signal }),
    staleTime: 0,
  });
  const tenant = chosenTenant(attempt);
  const over = attempt !== undefined && (confirmed || attempt.state === 'cancelled') && !set.confirming;
  const isRegistered = attempt !== undefined && ['registering', 'done', 'failed', 'cancelled'].includes(attempt.state);
  const leave = (): void => {
    void queryClient.invalidateQueries();
    void navigate({ to: attempt?.state === 'done' ? '/microsoft365' : '/' });
  };
  const close = async (): Promise<void> => {
    // A registering that runs goes on as a job; everything before it is taken back.
    if (!needsCancel(attempt) || confirmed) return leave();
    const cancelled = await set.cancel().catch(() => undefined);
    if (cancelled === undefined || cancelled.leftOver.length === 0) leave();
  };
  const review = useReview(usageLocation, set);
  return (
    <Wizard
      key={String(chosenTwice)}
      title={t('title')}
      finishLabel={t('finish')}
      onFinish={() => {
        if (tenant === null) return;
        setConfirmed(true);
        set.confirm(tenant.tenantId, usageLocation);
      }}
      busy={set.confirming || set.cancelling}
      hasData={needsCancel(attempt)}
      onClose={() => void close()}
      result={
        over && isRegistered ? (
          <Registration
            attempt={attempt}
            onCancel={() => void set.cancel()}
            onRetry={() => {
              setConfirmed(false);
              setChosenTwice(!chosenTwice);
              void set.start();
            }}
          />
        ) : undefined
      }
      steps={[
        {
          id: 'start',
          label: t('step.start'),
          content: <StartStep integration={integration} />,
        },
        {
          id: 'requirements',
          label: t('step.requirements'),
          content: <RequirementsStep requirements={requirements} />,
          blocked: requirements.data?.ready !== true,
        },
        {
          id: 'sign-in',
          label: t('step.signIn'),
          content: (
            <SignInStep
              attempt={attempt}
              starting={set.starting}
              error={set.error}
              permissions={integration?.permissions ?? []}
              onStart={() => void set.start()}
            />
          ),
          blocked: tenant === null,
        },
        {
          id: 'choose',
          label: t('step.choose'),
          content: (
            <>
              <Text>{t('choose.text')}</Text>
              <CountrySelect
                label={t('fact.usageLocation')}
                hint={t('choose.hint')}
                value={usageLocation}
                onChange={setChosenLocation}
              />
            </>
          ),
          blocked: usageLocation === '',
        },
        { id: 'review', label: t('step.review'), content: review },
      ]}
    />
  );
}
