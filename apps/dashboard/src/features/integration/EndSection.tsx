import { Button, makeStyles, Text } from '@fluentui/react-components';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/Section.tsx';

const useStyles = makeStyles({ actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' } });

/** The two ways out of the integration. */
export function EndSection() {
  const styles = useStyles();
  const { t } = useTranslation('integration');
  const navigate = useNavigate();
  return (
    <Section title={t('disable.title')}>
      <Text>{t('disable.text')}</Text>
      <div className={styles.actions}>
        <Button onClick={() => void navigate({ to: '/microsoft365/disable' })}>{t('disable.action')}</Button>
        <Button onClick={() => void navigate({ to: '/microsoft365/move' })}>{t('disable.move')}</Button>
      </div>
    </Section>
  );
}
