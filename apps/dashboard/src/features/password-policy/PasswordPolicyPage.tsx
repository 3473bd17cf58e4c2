import { makeStyles, Text } from '@fluentui/react-components';
import type { PasswordPolicyView } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { SettingsTabs } from '../settings/SettingsTabs.tsx';
import { BannedSection } from './BannedSection.tsx';
import { PolicySection } from './PolicySection.tsx';

const useStyles = makeStyles({ list: { margin: 0, paddingInlineStart: '18px' } });

function FineGrainedSection({ policies }: { readonly policies: PasswordPolicyView['fineGrained'] }) {
  const styles = useStyles();
  const { t } = useTranslation('passwordPolicy');
  return (
    <Section title={t('fineGrained.title')}>
      {policies.length === 0 && <Text>{t('fineGrained.none')}</Text>}
      {policies.length > 0 && (
        <ul className={styles.list}>
          {policies.map(({ name, precedence, policy, appliesTo }) => (
            <li key={name}>
              {t('fineGrained.line', {
                name,
                precedence,
                length: policy.minimumLength,
                who: appliesTo.join(', ') || t('fineGrained.nobody'),
              })}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** Rules for passwords: the domain's own, those for some people, and words that are not allowed. */
export function PasswordPolicyPage() {
  const { t } = useTranslation('settings');
  const { data, error, refetch } = useQuery(queryOf('getPasswordPolicy', {}));
  return (
    <Page title={t('title')}>
      <SettingsTabs />
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingScreen />}
      {data !== undefined && (
        <>
          <PolicySection view={data} />
          <BannedSection words={data.banned} />
          <FineGrainedSection policies={data.fineGrained} />
        </>
      )}
    </Page>
  );
}
