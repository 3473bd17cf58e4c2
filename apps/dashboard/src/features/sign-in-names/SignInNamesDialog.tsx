import { Field, Input, makeStyles, Select, Text } from '@fluentui/react-components';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, keyed, queryOf } from '../../shell/api.ts';
import { useIntegrated } from '../integration/useIntegrated.ts';
import { PlannedWizard } from '../jobs/PlannedWizard.tsx';
import { accountSelectionOf, onlySubject, type UserDialogTarget } from '../users/dialogs/userDialogKinds.ts';

const useStyles = makeStyles({ select: { minWidth: 0, '& select': { minWidth: 0, width: '100%' } } });

/** Left out or empty = leave as it is. */
interface Names {
  /** Empty once it was deleted, which is no name. */
  readonly address?: string;
  readonly domain: string;
  readonly upnSuffix: string;
}

const none: Names = { domain: '', upnSuffix: '' };

interface DomainSelectProps {
  readonly label: string;
  readonly domains: readonly string[];
  readonly value: string;
  readonly onChange: (domain: string) => void;
}

function DomainSelect({ label, domains, value, onChange }: DomainSelectProps) {
  const styles = useStyles();
  const { t } = useTranslation('signInNames');
  return (
    <Field label={label} className={styles.select}>
      <Select value={value} onChange={(_event, data) => onChange(data.value)}>
        <option value="">{t('keep')}</option>
        {domains.map((domain) => (
          <option key={domain} value={domain}>
            @{domain}
          </option>
        ))}
      </Select>
    </Field>
  );
}

interface NamesStepProps {
  readonly target: UserDialogTarget;
  readonly names: Names;
  readonly onChange: (changes: Partial<Names>) => void;
}

/** One person's whole address, or the domain of several. */
function NamesStep({ target, names, onChange }: NamesStepProps) {
  const { t } = useTranslation('signInNames');
  const integrated = useIntegrated() === true;
  const { data: domains } = useQuery({ ...queryOf('listDomains', {}), enabled: integrated });
  const { data: options } = useQuery(queryOf('getUserOptions', {}));
  const verified = domains?.items.filter((domain) => domain.isVerified).map(({ name }) => name) ?? [];
  const online = onlySubject(target)?.online?.address;
  return (
    <>
      <Text>{t(online === undefined ? 'explain.many' : 'explain.one')}</Text>
      {online === undefined ? (
        <DomainSelect
          label={t('domain')}
          domains={verified}
          value={names.domain}
          onChange={(domain) => onChange({ domain })}
        />
      ) : (
        <Field label={t('address')}>
          <Input
            autoFocus
            value={names.address ?? online}
            autoComplete="off"
            spellCheck={false}
            onChange={(_event, data) => onChange({ address: data.value })}
          />
        </Field>
      )}
      {target.account === undefined && (
        <DomainSelect
          label={t('suffix')}
          domains={options?.upnSuffixes ?? []}
          value={names.upnSuffix}
          onChange={(upnSuffix) => onChange({ upnSuffix })}
        />
      )}
    </>
  );
}

interface SignInNamesDialogProps {
  readonly target: UserDialogTarget;
  readonly onClose: () => void;
}

/** Renames the online account of one person, or moves the names of several to another domain. */
export function SignInNamesDialog({ target, onClose }: SignInNamesDialogProps) {
  const { t, i18n } = useTranslation('signInNames');
  const { count } = target;
  const only = onlySubject(target);
  const [names, setNames] = useState(none);
  const given = Object.entries(names).filter(([, value]) => value.trim() !== '');
  const body = {
    selection: accountSelectionOf(target),
    ...Object.fromEntries(given.map(([name, value]) => [name, value.trim()])),
  };
  const number = new Intl.NumberFormat(i18n.language).format(count);
  return (
    <PlannedWizard
      texts={{
        title: only === undefined ? t('title.many', { count, number }) : t('title.one', { name: only.name }),
        verb: t('verb'),
        choices: t('step.names'),
        review: t('step.review'),
        nothing: t('nothing'),
        changes: t('changes'),
      }}
      choices={<NamesStep target={target} names={names} onChange={(changes) => setNames({ ...names, ...changes })} />}
      isReady={given.length > 0 && names.address?.trim() !== ''}
      hasData={names !== none}
      call={(query, idempotencyKey) => api.call('changeSignInNames', { query, body }, keyed(idempotencyKey))}
      onClose={onClose}
    />
  );
}
