import { Button, MessageBar, MessageBarBody, Text } from '@fluentui/react-components';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem, useCall } from '../../shell/api.ts';
import { sessionQuery } from '../../shell/session.ts';
import { CheckList } from '../../ui/CheckList.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Waiting } from '../../ui/Waiting.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import { authorityOf, connectionOf, emptySetupForm, type SetupForm, serversOf } from './setupForm.ts';
import { AccountStep, CertificateStep, DomainStep, ServersStep } from './setupSteps.tsx';

type Errors = Partial<Record<keyof SetupForm, string>>;
const accountFields = ['bindName', 'bindPassword', 'managedOu', 'administratorsGroup'] as const;

/** The form and the calls of the set-up, each step answering whether it may be left. */
function useSetup() {
  const { t } = useTranslation('setup');
  const [form, setForm] = useState(emptySetupForm);
  const [errors, setErrors] = useState<Errors>({});
  const discover = useCall('discoverDirectory');
  const inspect = useCall('inspectDirectoryCertificate');
  const test = useCall('testDirectory');
  const connect = useCall('connectDirectory');
  const authority = inspect.data === undefined ? undefined : authorityOf(inspect.data.chain);
  const connection = connectionOf(form, authority);

  const change = (next: Partial<SetupForm>): void => {
    setForm((before) => ({ ...before, ...next }));
    setErrors((before) => Object.fromEntries(Object.entries(before).filter(([name]) => !(name in next))));
  };
  const need = (names: readonly (keyof SetupForm)[]): boolean => {
    const missing = names.filter((name) => form[name] === '' || form[name] === false);
    setErrors(Object.fromEntries(missing.map((name) => [name, t('needed')])));
    return missing.length === 0;
  };
  /** True when the call worked; a refusal goes to its field. */
  const worked = async (call: Promise<unknown>): Promise<boolean> => {
    try {
      await call;
      return true;
    } catch (error) {
      const field = isProblem(error) ? error.problem.field : undefined;
      if (field !== undefined && field in emptySetupForm && error instanceof Error)
        setErrors({ [field]: error.message });
      return false;
    }
  };
  const runTest = (): void => {
    if (connection !== undefined) test.mutate({ body: { code: form.code, connection } });
  };
  return {
    form,
    errors,
    change,
    discover,
    inspect,
    test,
    connect,
    connection,
    runTest,
    leaveDomain: async (): Promise<boolean> => {
      if (!need(['code', 'domainName'])) return false;
      const call = discover.mutateAsync({ body: { code: form.code, domainName: form.domainName } });
      if (!(await worked(call))) return false;
      const { servers } = await call;
      if (form.servers.length === 0) change({ servers: servers.map(({ host }) => host) });
      return true;
    },
    leaveServers: async (): Promise<boolean> => {
      const [host] = serversOf(form);
      if (host === undefined) {
        setErrors({ servers: t('servers.needed') });
        return false;
      }
      if (!need(['port'])) return false;
      change({ confirmed: false });
      return worked(inspect.mutateAsync({ body: { code: form.code, host, port: Number(form.port) } }));
    },
    leaveCertificate: () => need(['confirmed']),
    leaveAccount: (): boolean => {
      if (!need(accountFields)) return false;
      runTest();
      return true;
    },
  };
}

function RightsStep({ setup }: { readonly setup: ReturnType<typeof useSetup> }) {
  const { t } = useTranslation('setup');
  const { test, connect, runTest } = setup;
  const failed = test.data?.checks.some((check) => check.state === 'failed') === true;
  return (
    <>
      <Text>{t('rights.text')}</Text>
      {test.isPending && <Waiting label={t('rights.testing')} />}
      {test.isError && <ProblemMessage error={test.error} />}
      {connect.isError && <ProblemMessage error={connect.error} />}
      {test.data !== undefined && <CheckList label={t('step.rights')} checks={test.data.checks} />}
      {failed && (
        <MessageBar intent="error" layout="multiline" role="alert">
          <MessageBarBody>{t('rights.failed')}</MessageBarBody>
        </MessageBar>
      )}
      <div>
        <Button disabledFocusable={test.isPending} onClick={runTest}>
          {t('rights.again')}
        </Button>
      </div>
    </>
  );
}

/** The first start: from the one-time code to a connected directory. */
export function SetupWizard() {
  const { t } = useTranslation('setup');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const setup = useSetup();
  const { form, errors, change, discover, inspect, test, connect, connection } = setup;
  const step = { form, errors, change };
  const unfielded = (error: Error | null) =>
    error !== null && !(isProblem(error) && error.problem.field !== undefined) ? (
      <ProblemMessage error={error} />
    ) : null;
  const finish = (): void => {
    if (connection !== undefined) connect.mutate({ body: { code: form.code, connection } });
  };
  const close = async (): Promise<void> => {
    if (!connect.isSuccess) return location.reload();
    await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 });
    await navigate({ to: '/sign-in' });
  };
  return (
    <Wizard
      presentation="page"
      title={t('title')}
      closeLabel={t('signIn')}
      finishLabel={t('finish')}
      onFinish={finish}
      busy={connect.isPending}
      hasData={form !== emptySetupForm}
      onClose={() => void close()}
      result={
        connect.isSuccess ? (
          <MessageBar intent="success" layout="multiline" role="status">
            <MessageBarBody>{t('done', { group: form.administratorsGroup })}</MessageBarBody>
          </MessageBar>
        ) : undefined
      }
      steps={[
        {
          id: 'domain',
          label: t('step.domain'),
          content: (
            <>
              {unfielded(discover.error)}
              <DomainStep {...step} />
            </>
          ),
          validate: setup.leaveDomain,
        },
        {
          id: 'servers',
          label: t('step.servers'),
          content: (
            <>
              {unfielded(inspect.error)}
              <ServersStep {...step} found={discover.data} />
            </>
          ),
          validate: setup.leaveServers,
        },
        {
          id: 'certificate',
          label: t('step.certificate'),
          content: <CertificateStep {...step} chain={inspect.data?.chain} />,
          validate: setup.leaveCertificate,
        },
        {
          id: 'account',
          label: t('step.account'),
          content: <AccountStep {...step} />,
          validate: setup.leaveAccount,
        },
        {
          id: 'rights',
          label: t('step.rights'),
          content: <RightsStep setup={setup} />,
          blocked:
            test.data === undefined || test.isPending || test.data.checks.some((check) => check.state === 'failed'),
        },
      ]}
    />
  );
}
