import { Field, makeStyles, Select, Text } from '@fluentui/react-components';
import type { DomainDetails, DomainUseView } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, keyed, queryOf } from '../../shell/api.ts';
import { PlannedWizard } from '../jobs/PlannedWizard.tsx';

const useStyles = makeStyles({ select: { minWidth: 0, '& select': { minWidth: 0, width: '100%' } } });

interface LeaveDomainDialogProps {
  readonly domain: DomainDetails;
  /** Online accounts, whether a user has them or not. */
  readonly accounts: readonly DomainUseView[];
  readonly onClose: () => void;
}

/** Moves the accounts that use a domain to another one: names, and e-mail addresses at it are taken off. */
export function LeaveDomainDialog({ domain, accounts, onClose }: LeaveDomainDialogProps) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('domains');
  const { data } = useQuery(queryOf('listDomains', {}));
  const [chosen, setChosen] = useState('');
  const others = data?.items.filter(({ name, isVerified }) => isVerified && name !== domain.name) ?? [];
  const target = chosen || (others[0]?.name ?? '');
  const accountIds = accounts.map(({ id }) => id);
  const number = new Intl.NumberFormat(i18n.language).format(accountIds.length);
  const body = { selection: { accountIds }, domain: target, leave: domain.name };
  return (
    <PlannedWizard
      texts={{
        title: t('leave.title', { count: accountIds.length, number, name: domain.shown }),
        verb: t('leave.verb'),
        choices: t('leave.choices'),
        review: t('leave.review'),
        nothing: t('leave.nothing'),
        changes: t('leave.changes'),
      }}
      choices={
        <>
          <Text>{t('leave.text', { name: domain.shown })}</Text>
          <Field label={t('leave.target')} className={styles.select}>
            <Select value={target} onChange={(_event, { value }) => setChosen(value)}>
              {others.map(({ name, shown }) => (
                <option key={name} value={name}>
                  @{shown}
                </option>
              ))}
            </Select>
          </Field>
        </>
      }
      isReady={target !== '' && accountIds.length > 0}
      hasData={chosen !== ''}
      call={(query, idempotencyKey) => api.call('changeSignInNames', { query, body }, keyed(idempotencyKey))}
      onClose={onClose}
    />
  );
}
