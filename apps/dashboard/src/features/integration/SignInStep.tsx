import {
  Button,
  Link,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Spinner,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { Integration, SetUpAttempt } from '@isthmus/contracts';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { StateLabel } from '../../ui/StateLabel.tsx';
import { useNow } from '../../ui/useNow.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { PermissionList } from './PermissionList.tsx';

const useStyles = makeStyles({
  code: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: '8px',
    alignSelf: 'start',
    padding: '8px 8px 8px 20px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    fontFamily: tokens.fontFamilyMonospace,
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    letterSpacing: '0.15em',
  },
  steps: { margin: 0, paddingInlineStart: '20px', display: 'flex', flexDirection: 'column', gap: '10px' },
  column: { display: 'flex', flexDirection: 'column', gap: '12px' },
});

interface SignInStepProps {
  readonly attempt: SetUpAttempt | undefined;
  readonly starting: boolean;
  readonly error: Error | null;
  readonly permissions: Integration['permissions'];
  readonly onStart: () => void;
}

function Prompt({
  prompt,
  onStart,
}: {
  readonly prompt: NonNullable<SetUpAttempt['prompt']>;
  readonly onStart: () => void;
}) {
  const styles = useStyles();
  const { t } = useTranslation('integration');
  const minutes = Math.ceil((Date.parse(prompt.expiresAt) - useNow(1000)) / 60_000);
  if (minutes <= 0) return <Expired onStart={onStart} />;
  return (
    <div className={styles.column}>
      <ol className={styles.steps}>
        <li>
          {t('signIn.open')}{' '}
          <Link inline href={prompt.verificationUri} target="_blank" rel="noreferrer">
            {prompt.verificationUri}
          </Link>
        </li>
        <li>
          <div className={styles.column}>
            {t('signIn.type')}
            <span className={styles.code}>
              <span>{prompt.userCode}</span>
              <CopyButton text={prompt.userCode} what={t('signIn.code')} />
            </span>
          </div>
        </li>
        <li>{t('signIn.as')}</li>
      </ol>
      <Spinner size="tiny" labelPosition="after" label={t('signIn.waiting', { count: minutes })} role="status" />
    </div>
  );
}

function Expired({ onStart }: { readonly onStart: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation('integration');
  return (
    <div className={styles.column}>
      <MessageBar intent="warning" role="alert">
        <MessageBarBody>{t('signIn.expired')}</MessageBarBody>
      </MessageBar>
      <div>
        <Button onClick={onStart}>{t('signIn.again')}</Button>
      </div>
    </div>
  );
}

function SignedIn({ attempt, onStart }: { readonly attempt: SetUpAttempt; readonly onStart: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation('integration');
  return (
    <div className={styles.column} role="status">
      <StateLabel tone="success">{t('signIn.done', { name: attempt.administrator })}</StateLabel>
      {attempt.tenant !== null && (
        <Text>{t('signIn.tenant', { name: attempt.tenant.displayName, domain: attempt.tenant.initialDomain })}</Text>
      )}
      {attempt.tenant?.synchronizedByOthers === true && (
        <MessageBar intent="warning" layout="multiline">
          <MessageBarBody>{t('signIn.synchronizedByOthers')}</MessageBarBody>
        </MessageBar>
      )}
      {attempt.missingRoles.length === 0 && attempt.problem !== null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            {attempt.problem.message} {attempt.problem.remedy}
          </MessageBarBody>
        </MessageBar>
      )}
      {attempt.missingRoles.length > 0 && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>{t('signIn.missingRoles', { roles: attempt.missingRoles.join(', ') })}</MessageBarBody>
        </MessageBar>
      )}
      <div>
        <Button onClick={onStart}>{t('signIn.other')}</Button>
      </div>
    </div>
  );
}

/** Sign-in by device code: the code is typed on Microsoft's own page, on any device. */
export function SignInStep({ attempt, starting, error, permissions, onStart }: SignInStepProps) {
  const { t } = useTranslation('integration');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a code is asked for once, when the step is first entered
  useEffect(() => {
    if (attempt === undefined) onStart();
  }, []);
  const state = attempt?.state;
  return (
    <>
      <Text>{t('signIn.text')}</Text>
      {error !== null && <ProblemMessage error={error} onRetry={onStart} />}
      {(starting || state === undefined) && error === null && <Waiting label={t('signIn.starting')} />}
      {!starting && state === 'waiting-for-sign-in' && attempt?.prompt && (
        <Prompt prompt={attempt.prompt} onStart={onStart} />
      )}
      {!starting && state === 'signed-in' && attempt !== undefined && <SignedIn attempt={attempt} onStart={onStart} />}
      {!starting && (state === 'expired' || state === 'cancelled') && <Expired onStart={onStart} />}
      {!starting && state === 'failed' && (
        <>
          <MessageBar intent="error" layout="multiline" role="alert">
            <MessageBarBody>
              {attempt?.problem?.message} {attempt?.problem?.remedy}
            </MessageBarBody>
          </MessageBar>
          <div>
            <Button onClick={onStart}>{t('signIn.again')}</Button>
          </div>
        </>
      )}
      {permissions.length > 0 && (
        <>
          <Text weight="semibold">{t('permissions.title')}</Text>
          <PermissionList permissions={permissions} showsGrants={false} />
        </>
      )}
    </>
  );
}
