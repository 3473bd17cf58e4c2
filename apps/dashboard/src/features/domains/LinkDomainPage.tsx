import { Field, Input, MessageBar, MessageBarBody, makeStyles, Text } from '@fluentui/react-components';
import type { ResponseOf } from '@isthmus/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem, useCall } from '../../shell/api.ts';
import { fluentRef } from '../../ui/fluentRef.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Wizard } from '../../ui/wizard/Wizard.tsx';
import { Microsoft365Page } from '../integration/Microsoft365Page.tsx';

const useStyles = makeStyles({
  list: { margin: 0, paddingInlineStart: '20px', display: 'grid', gap: '6px', overflowWrap: 'anywhere' },
});

type LinkPlan = ResponseOf<'linkDomain'>;

const NO_PROOF = ['domains.already-verified', 'domains.below-verified'];

/** What linking does, and what it leaves alone. */
function LinkEffect({ plan }: { readonly plan: LinkPlan }) {
  const styles = useStyles();
  const { t } = useTranslation('domains');
  const needsProof = !plan.notices.some(({ code }) => NO_PROOF.includes(code));
  const isThere = plan.notices.some(({ code }) => code === 'domains.already-verified');
  const effects = [
    ...(isThere ? [] : [t('link.effect.add', { name: plan.shown })]),
    ...(needsProof
      ? [t('link.effect.prove'), t('link.effect.watch'), t('link.effect.records')]
      : [t('link.noProof.records')]),
    t('link.effect.nobody'),
  ];
  return (
    <>
      {plan.shown !== plan.name && <Text>{t('link.ascii', { name: plan.name })}</Text>}
      {plan.notices.map(({ code, message, remedy }) => (
        <MessageBar key={code} intent="info" layout="multiline">
          <MessageBarBody>
            {message} {remedy}
          </MessageBarBody>
        </MessageBar>
      ))}
      <section>
        <Text as="h3" weight="semibold" block>
          {t('link.happens')}
        </Text>
        <ul className={styles.list}>
          {effects.map((effect) => (
            <li key={effect}>{effect}</li>
          ))}
        </ul>
      </section>
    </>
  );
}

/** The wizard at its own address: the name, then what linking it does. It leads to the page of the domain. */
export function LinkDomainPage() {
  const { t } = useTranslation('domains');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const plan = useCall('linkDomain');
  const link = useCall('linkDomain');
  const problem = isProblem(plan.error) ? plan.error.problem : undefined;
  const isWrongName = problem?.field === 'name';
  const judge = async (): Promise<boolean> => {
    try {
      await plan.mutateAsync({ query: { dryRun: 'true' }, body: { name: typed } });
      return true;
    } catch {
      field.current?.focus();
      return false;
    }
  };
  const onFinish = (): void =>
    link.mutate(
      { query: {}, body: { name: typed } },
      {
        onSuccess: ({ name, domain }) => {
          if (domain !== null) queryClient.setQueryData(['getDomain', { params: { name } }], domain);
          void queryClient.invalidateQueries({ queryKey: ['listDomains'] });
          void navigate({ to: '/microsoft365/domains/$name', params: { name } });
        },
      },
    );
  return (
    <>
      <Microsoft365Page />
      <Wizard
        title={t('link.title')}
        finishLabel={t('link.finish')}
        onFinish={onFinish}
        busy={link.isPending || plan.isPending}
        hasData={typed !== ''}
        onClose={() => void navigate({ to: '/microsoft365' })}
        steps={[
          {
            id: 'name',
            label: t('link.step.name'),
            validate: judge,
            content: (
              <>
                <Text>{t('link.text')}</Text>
                <Field
                  label={t('link.name')}
                  hint={t('link.hint')}
                  required
                  {...(isWrongName ? { validationMessage: `${problem.detail} ${problem.remedy ?? ''}` } : {})}
                >
                  <Input
                    ref={fluentRef(field)}
                    value={typed}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(_event, data) => {
                      setTyped(data.value);
                      plan.reset();
                    }}
                  />
                </Field>
                {plan.isError && !isWrongName && <ProblemMessage error={plan.error} />}
              </>
            ),
          },
          {
            id: 'review',
            label: t('link.step.review'),
            content: (
              <>
                {plan.data !== undefined && <LinkEffect plan={plan.data} />}
                {link.isError && <ProblemMessage error={link.error} />}
              </>
            ),
          },
        ]}
      />
    </>
  );
}
