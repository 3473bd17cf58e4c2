import { Button, MessageBar, MessageBarBody, MessageBarTitle, makeStyles, Text } from '@fluentui/react-components';
import type { UserDetails } from '@isthmus/contracts';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { loadTexts } from '../../../shell/i18n.ts';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { type Fact, Facts } from '../../../ui/Facts.tsx';
import { RelativeTime } from '../../../ui/Time.tsx';
import { MailAddressesButton } from '../../mail-addresses/MailAddressesButton.tsx';
import { onlineStateLabel, passwordStateLabel } from '../userStates.tsx';

const PersonSync = lazy(async () => {
  const [screen] = await Promise.all([import('../../sync/PersonSync.tsx'), loadTexts(['sync', 'syncPage', 'plans'])]);
  return { default: screen.PersonSync };
});

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '16px' },
  copy: { display: 'inline-flex', alignItems: 'center', gap: '4px', overflowWrap: 'anywhere' },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  list: { margin: 0, paddingInlineStart: '18px' },
});

function usePasswordFacts(user: UserDetails): readonly Fact[] {
  const { t } = useTranslation('users');
  const { password } = user;
  const number = (password.delayMs ?? 0) / 1000;
  return [
    { id: 'password', label: t('online.fact.password'), value: passwordStateLabel(password.state, t) },
    ...(password.since === null
      ? []
      : [{ id: 'since', label: t('online.fact.since'), value: <RelativeTime instant={password.since} /> }]),
    ...(password.delayMs === null
      ? []
      : [{ id: 'delay', label: t('online.fact.delay'), value: t('online.seconds', { number: number.toFixed(2) }) }]),
  ];
}

function useAccountFacts(user: UserDetails): readonly Fact[] {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const { online } = user;
  if (online === null) return [];
  const address = (
    <span className={styles.copy}>
      {online.address} <CopyButton text={online.address} what={t('online.fact.address')} />
    </span>
  );
  const licenses = online.licenses.map((license) => license.name).join(', ');
  return [
    { id: 'address', label: t('online.fact.address'), value: address },
    { id: 'state', label: t('online.fact.state'), value: onlineStateLabel(online.state, t) },
    {
      id: 'signIn',
      label: t('online.fact.signIn'),
      value: t(online.signInAllowed ? 'online.allowed' : 'online.notAllowed'),
    },
    ...(online.hold === null
      ? []
      : [{ id: 'hold', label: t('online.fact.hold'), value: t(`online.hold.${online.hold}`) }]),
    { id: 'licenses', label: t('online.fact.licenses'), value: licenses === '' ? t('online.noLicenses') : licenses },
    { id: 'location', label: t('online.fact.usageLocation'), value: online.usageLocation ?? '–' },
    { id: 'mail', label: t('online.fact.mail'), value: online.mail ?? '–' },
    ...(user.lastSynchronizedAt === null
      ? []
      : [{ id: 'seen', label: t('online.fact.seen'), value: <RelativeTime instant={user.lastSynchronizedAt} /> }]),
  ];
}

interface OnlineAccountTabProps {
  readonly user: UserDetails;
  readonly onChangeLicenses: () => void;
}

/** The linked account with the evidence: what Microsoft 365 last answered, and whether the password is the same. */
export function OnlineAccountTab({ user, onChangeLicenses }: OnlineAccountTabProps) {
  const styles = useStyles();
  const { t } = useTranslation('users');
  const facts = [...useAccountFacts(user), ...usePasswordFacts(user)];
  if (user.online === null) return <Text>{t('online.nothingYet')}</Text>;
  const { reason } = user.password;
  return (
    <div className={styles.all}>
      {reason !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            {reason.message} {reason.remedy}
          </MessageBarBody>
        </MessageBar>
      )}
      <Facts facts={facts} />
      <div className={styles.buttons}>
        {user.may.changeLicenses && <Button onClick={onChangeLicenses}>{t('online.changeLicenses')}</Button>}
        {user.may.changeAddresses && <MailAddressesButton account={user.online} name={user.displayName} />}
      </div>
      {user.drift.length > 0 && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{t('online.drift')}</MessageBarTitle>
            <ul className={styles.list}>
              {user.drift.map((difference) => (
                <li key={difference.field}>
                  {t('online.driftValue', {
                    field: t(`online.field.${difference.field}`),
                    directory: difference.directory ?? '–',
                    online: difference.online ?? '–',
                  })}
                </li>
              ))}
            </ul>
          </MessageBarBody>
        </MessageBar>
      )}
      <Suspense>
        <PersonSync key={user.id} userId={user.id} />
      </Suspense>
    </div>
  );
}
