import { Button, makeStyles, Title3, tokens } from '@fluentui/react-components';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ProblemMessage } from '../ui/ProblemMessage.tsx';

const useStyles = makeStyles({
  page: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'start',
    gap: tokens.spacingVerticalL,
    padding: '24px',
  },
  actions: { display: 'flex', flexWrap: 'wrap', gap: tokens.spacingHorizontalS },
});

/** What is shown in place of a screen that failed, or that does not exist. */
export function ScreenError({ error }: { readonly error: unknown }) {
  const styles = useStyles();
  const { t } = useTranslation('common');
  const navigate = useNavigate();
  return (
    <main className={styles.page}>
      <Title3 as="h1">{error === undefined ? t('screenError.notFound') : t('screenError.failed')}</Title3>
      {error !== undefined && <ProblemMessage error={error} />}
      <div className={styles.actions}>
        <Button appearance="primary" onClick={() => void navigate({ to: '/' })}>
          {t('screenError.home')}
        </Button>
        {error !== undefined && <Button onClick={() => location.reload()}>{t('screenError.reload')}</Button>}
      </div>
    </main>
  );
}
