import { Button, Card, makeStyles, mergeClasses, Text, tokens } from '@fluentui/react-components';
import { Print20Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/CopyButton.tsx';

const useStyles = makeStyles({
  card: { display: 'flex', flexDirection: 'column', gap: '10px' },
  facts: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, auto) minmax(0, 2fr)',
    gap: '6px 16px',
    margin: 0,
    alignItems: 'center',
  },
  term: { color: tokens.colorNeutralForeground3 },
  value: { margin: 0, overflowWrap: 'anywhere' },
  secret: { fontFamily: tokens.fontFamilyMonospace },
  actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
});

interface SecretCardProps {
  readonly user: {
    readonly displayName: string;
    readonly userName: string;
    readonly online: { readonly address: string } | null;
  };
  readonly password: string;
  readonly mustChange: boolean;
}

/** What a person needs to sign in, shown once: to read out, to copy or to print. */
export function SecretCard({ user, password, mustChange }: SecretCardProps) {
  const styles = useStyles();
  const { t } = useTranslation(['users', 'userDialogs']);
  const facts = [
    { id: 'name', value: user.displayName },
    { id: 'userName', value: user.userName },
    ...(user.online === null ? [] : [{ id: 'address' as const, value: user.online.address }]),
    { id: 'password', value: password },
  ] as const;
  const todo = t(mustChange ? 'userDialogs:card.mustChange' : 'userDialogs:card.signIn');
  const text = [...facts.map(({ id, value }) => `${t(`userDialogs:card.${id}`)}: ${value}`), todo].join('\n');
  return (
    <div className={styles.card}>
      <Text>{t('userDialogs:card.once')}</Text>
      <Card className={mergeClasses(styles.card, 'isthmus-print')}>
        <dl className={styles.facts}>
          {facts.map(({ id, value }) => (
            <div key={id} style={{ display: 'contents' }}>
              <dt className={styles.term}>{t(`userDialogs:card.${id}`)}</dt>
              <dd className={mergeClasses(styles.value, id === 'password' && styles.secret)}>{value}</dd>
            </div>
          ))}
        </dl>
        <Text>{todo}</Text>
      </Card>
      <div className={styles.actions}>
        <CopyButton text={text} what={t('userDialogs:card.what')} />
        <Button type="button" appearance="subtle" icon={<Print20Regular />} onClick={() => print()}>
          {t('userDialogs:card.print')}
        </Button>
      </div>
    </div>
  );
}
