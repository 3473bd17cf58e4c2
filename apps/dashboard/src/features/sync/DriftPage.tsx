import { Button, Field, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { type Drift, type DriftPolicy, driftPolicies, type ManagedField } from '@isthmus/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { useMay } from '../../shell/session.ts';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { SettingsTabs } from '../settings/SettingsTabs.tsx';

const useStyles = makeStyles({
  fields: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(200px, 1fr))', gap: '12px' },
  field: { minWidth: 0 },
  // A list of choices is as wide as its longest one, unless it is told not to be.
  select: { minWidth: 0, '& select': { minWidth: 0, width: '100%' } },
  actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
  people: { listStyleType: 'none', margin: 0, padding: 0 },
  person: {
    padding: '12px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTopStyle: 'none' },
  },
  differences: { margin: 0, paddingInlineStart: '18px', overflowWrap: 'anywhere' },
});

type Policies = Partial<Record<ManagedField, DriftPolicy>>;

function PolicyForm({ drift }: { readonly drift: Drift }) {
  const styles = useStyles();
  const { t } = useTranslation('sync');
  const { t: tUsers } = useTranslation('users');
  const { announce } = useVoice();
  const queryClient = useQueryClient();
  const may = useMay('sync.write');
  const save = useCall('changeSyncSettings');
  const [changed, setChanged] = useState<Policies>({});
  const isChanged = drift.policies.some(({ field, policy }) => (changed[field] ?? policy) !== policy);
  const onSave = (): void =>
    save.mutate(
      { body: { drift: changed } },
      {
        onSuccess: () => {
          void queryClient.invalidateQueries({ queryKey: queryOf('getDrift', {}).queryKey });
          setChanged({});
          announce(t('drift.saved'));
        },
      },
    );
  return (
    <>
      <div className={styles.fields}>
        {drift.policies.map(({ field, policy }) => (
          <Field key={field} className={styles.field} label={tUsers(`online.field.${field}`)}>
            <Select
              className={styles.select}
              value={changed[field] ?? policy}
              disabled={!may}
              onChange={(_event, data) => {
                const chosen = driftPolicies.find((known) => known === data.value);
                if (chosen !== undefined) setChanged({ ...changed, [field]: chosen });
              }}
            >
              {driftPolicies.map((known) => (
                <option key={known} value={known}>
                  {t(`drift.policy.${known}`)}
                </option>
              ))}
            </Select>
          </Field>
        ))}
      </div>
      {save.isError && <ProblemMessage error={save.error} />}
      {may ? (
        <div className={styles.actions}>
          <Button
            appearance="primary"
            disabledFocusable={!isChanged || save.isPending}
            icon={save.isPending ? <BusyIcon /> : null}
            onClick={onSave}
          >
            {t('drift.save')}
          </Button>
          <Button disabledFocusable={!isChanged} onClick={() => setChanged({})}>
            {t('drift.discard')}
          </Button>
        </div>
      ) : (
        <Text>{t('drift.readOnly')}</Text>
      )}
    </>
  );
}

function People({ drift }: { readonly drift: Drift }) {
  const styles = useStyles();
  const link = useLinkStyles();
  const { t } = useTranslation('sync');
  const { t: tUsers } = useTranslation('users');
  if (drift.total === 0) return <Text>{t('drift.nobody')}</Text>;
  return (
    <>
      <ul className={styles.people}>
        {drift.people.map(({ userId, name, differences }) => (
          <li key={userId} className={styles.person}>
            <Link className={link} to="/users" search={{ open: userId, tab: 'online-account' }}>
              {name}
            </Link>
            <ul className={styles.differences}>
              {differences.map(({ field, directory, online }) => (
                <li key={field}>
                  {tUsers('online.driftValue', {
                    field: tUsers(`online.field.${field}`),
                    directory: directory ?? '–',
                    online: online ?? '–',
                  })}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {drift.people.length < drift.total && (
        <Text>{t('drift.first', { shown: drift.people.length, total: drift.total })}</Text>
      )}
    </>
  );
}

/** What happens to values that Microsoft 365 shows otherwise than the directory, and who differs now. */
export function DriftPage() {
  const { t } = useTranslation(['sync', 'settings']);
  const { data, error, refetch } = useQuery(queryOf('getDrift', {}));
  return (
    <Page title={t('settings:title')}>
      <SettingsTabs />
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingScreen />}
      {data !== undefined && (
        <>
          <Section title={t('drift.title')}>
            <Text>{t('drift.text')}</Text>
            <PolicyForm drift={data} />
          </Section>
          <Section title={t('drift.who')}>
            <People drift={data} />
          </Section>
        </>
      )}
    </Page>
  );
}
