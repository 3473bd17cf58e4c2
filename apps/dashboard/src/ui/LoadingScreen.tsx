import { makeStyles, Spinner } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({ screen: { padding: '48px', display: 'flex', justifyContent: 'center' } });

export function LoadingScreen() {
  const styles = useStyles();
  const { t } = useTranslation('common');
  return (
    <div className={styles.screen}>
      <Spinner label={t('loading')} delay={300} />
    </div>
  );
}
