import {
  Button,
  Card,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Text,
  Title2,
  tokens,
} from '@fluentui/react-components';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { type FormEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { isProblem, useCall } from '../../shell/api.ts';
import { loadCodeOf } from '../../shell/loadCodeOf.ts';
import { sessionQuery } from '../../shell/session.ts';
import { Brand } from '../../ui/Brand.tsx';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { fluentRef } from '../../ui/fluentRef.ts';
import { PasswordInput } from '../../ui/PasswordInput.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';

const useStyles = makeStyles({
  page: {
    minHeight: '100%',
    height: '100%',
    overflow: 'auto',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    placeItems: 'center',
    backgroundColor: tokens.colorNeutralBackground3,
    padding: '16px',
    boxSizing: 'border-box',
  },
  card: {
    width: '100%',
    maxWidth: '400px',
    padding: '32px 28px',
    gap: tokens.spacingVerticalL,
    boxSizing: 'border-box',
  },
  heading: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalXS },
  form: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  hint: { color: tokens.colorNeutralForeground3 },
});

/** Codes that have a sentence of their own on this page; others are shown as the server words them. */
const knownCodes = [
  'session.wrong-name-or-password',
  'session.account-disabled',
  'session.account-expired',
  'session.password-expired',
  'session.must-change-password',
  'session.account-locked',
  'session.not-allowed',
  'session.too-many-attempts',
  'session.directory-unreachable',
  'session.not-set-up',
] as const;

function SignInProblem({ error }: { readonly error: Error }) {
  const { t } = useTranslation('session');
  const code = knownCodes.find((known) => isProblem(error, known));
  if (code === undefined) return <ProblemMessage error={error} />;
  return (
    <MessageBar intent="error" layout="multiline" role="alert">
      <MessageBarBody>{t(`problem.${code}`)}</MessageBarBody>
    </MessageBar>
  );
}

/** Uncontrolled fields, so that what a password manager fills in is what is sent. */
export function SignInPage() {
  const styles = useStyles();
  const { t } = useTranslation('session');
  const { returnTo, ended } = getRouteApi('/sign-in').useSearch();
  const router = useRouter();
  const queryClient = useQueryClient();
  const known = useQuery(sessionQuery).data;
  const signIn = useCall('signIn');
  const userName = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);

  const next = returnTo ?? '/';
  // The screen behind the sign-in loads while the password is typed.
  useEffect(() => loadCodeOf(router, new URL(next, location.origin).pathname), [router, next]);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const body = { userName: userName.current?.value ?? '', password: password.current?.value ?? '' };
    signIn.mutate(
      { body: { ...body, kind: 'browser' } },
      {
        onSuccess: ({ session }) => {
          if (known !== undefined) queryClient.setQueryData(sessionQuery.queryKey, { ...known, session });
          router.history.push(next);
        },
        onError: () => {
          if (password.current !== null) password.current.value = '';
          password.current?.focus();
        },
      },
    );
  };

  return (
    <main className={styles.page}>
      <Card className={styles.card}>
        <Brand />
        <div className={styles.heading}>
          <Title2 as="h1">{t('title')}</Title2>
          {known?.organization !== undefined && known.organization !== '' && <Text>{known.organization}</Text>}
        </div>
        {ended === true && !signIn.isError && (
          <MessageBar intent="info">
            <MessageBarBody>{t('ended')}</MessageBarBody>
          </MessageBar>
        )}
        {signIn.isError && <SignInProblem error={signIn.error} />}
        <form className={styles.form} onSubmit={submit}>
          <Field label={t('userName')} required hint={t('userNameHint')}>
            <Input
              ref={fluentRef(userName)}
              name="username"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              autoFocus
            />
          </Field>
          <Field label={t('password')} required>
            <PasswordInput ref={password} name="password" autoComplete="current-password" />
          </Field>
          <Button
            appearance="primary"
            type="submit"
            size="large"
            disabledFocusable={signIn.isPending}
            icon={signIn.isPending ? <BusyIcon /> : null}
          >
            {signIn.isPending ? t('signingIn') : t('signIn')}
          </Button>
        </form>
        <Text size={200} className={styles.hint}>
          {t('whoMay')}
        </Text>
      </Card>
    </main>
  );
}
