import { MessageBar, MessageBarBody, makeStyles, Subtitle1 } from '@fluentui/react-components';
import type { OnlineAccount } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { RelativeTime } from '../../ui/Time.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { MailAddressesButton } from '../mail-addresses/MailAddressesButton.tsx';
import { onlineAccountLabel } from './onlineAccountLabel.tsx';

const useStyles = makeStyles({
  details: { display: 'flex', flexDirection: 'column', gap: '14px' },
  name: { overflowWrap: 'anywhere' },
  copy: { display: 'inline-flex', alignItems: 'center', gap: '4px', overflowWrap: 'anywhere' },
});

function useAccountFacts(account: OnlineAccount): readonly Fact[] {
  const styles = useStyles();
  const link = useLinkStyles();
  const { t } = useTranslation(['onlineAccounts', 'users']);
  const { t: users } = useTranslation('users');
  const { user, hold, licenses, deletedAt, createdAt } = account;
  const names = licenses.map((license) => license.name).join(', ');
  const linked =
    user === null ? (
      t('list.notLinked')
    ) : (
      <Link to="/users" search={{ open: user.id }} className={link}>
        {user.name}
      </Link>
    );
  const address = (
    <span className={styles.copy}>
      {account.address} <CopyButton text={account.address} what={t('list.fact.address')} />
    </span>
  );
  const time = (id: string, label: string, instant: string | null): readonly Fact[] =>
    instant === null ? [] : [{ id, label, value: <RelativeTime instant={instant} /> }];
  return [
    { id: 'address', label: t('list.fact.address'), value: address },
    { id: 'state', label: t('list.fact.state'), value: onlineAccountLabel(account, users) },
    { id: 'user', label: t('list.fact.user'), value: linked },
    { id: 'signIn', label: t('list.fact.signIn'), value: t(account.signInAllowed ? 'list.allowed' : 'list.blocked') },
    ...(hold === null ? [] : [{ id: 'hold', label: t('list.fact.hold'), value: t(`users:online.hold.${hold}`) }]),
    { id: 'licenses', label: t('list.fact.licenses'), value: names === '' ? t('list.none') : names },
    { id: 'location', label: t('list.fact.usageLocation'), value: account.usageLocation ?? '–' },
    { id: 'mail', label: t('list.fact.mail'), value: account.mail ?? '–' },
    ...(account.signIn === null
      ? []
      : account.signIn.lastAt === null
        ? [{ id: 'signedIn', label: t('list.fact.lastSignIn'), value: t('list.neverSignedIn') }]
        : time('signedIn', t('list.fact.lastSignIn'), account.signIn.lastAt)),
    ...time('created', t('list.fact.created'), createdAt),
    ...time('deleted', t('list.fact.deleted'), deletedAt),
  ];
}

function AccountDetails({ account }: { readonly account: OnlineAccount }) {
  const styles = useStyles();
  const { t } = useTranslation('onlineAccounts');
  const facts = useAccountFacts(account);
  return (
    <div className={styles.details}>
      <Subtitle1 as="h2" className={styles.name}>
        <bdi>{account.displayName}</bdi>
      </Subtitle1>
      {account.managedByOthers && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('list.panel.managedByOthers')}</MessageBarBody>
        </MessageBar>
      )}
      <Facts facts={facts} />
      {account.may.changeAddresses && (
        <div>
          <MailAddressesButton account={account} name={account.displayName || account.address} />
        </div>
      )}
    </div>
  );
}

/** One account of the tenant beside the list. */
export function OnlineAccountPanel({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const { t } = useTranslation('onlineAccounts');
  const { data: account, error, refetch } = useQuery(queryOf('getOnlineAccount', { params: { id } }));
  return (
    <SidePanel label={t('list.panel.label', { name: account?.displayName ?? '' })} onClose={onClose}>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {account === undefined && error === null && <Waiting delay={200} />}
      {account !== undefined && <AccountDetails account={account} />}
    </SidePanel>
  );
}
