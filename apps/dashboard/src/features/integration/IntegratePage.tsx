import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { IntegrateWizard } from './IntegrateWizard.tsx';

/** The wizard at its own address; behind it the page that is there once it is done. */
export function IntegratePage() {
  const { t } = useTranslation('integration');
  return (
    <>
      <Page title={t('page')} fills>
        <EmptyState title={t('notIntegrated.title')} text={t('notIntegrated.text')} />
      </Page>
      <IntegrateWizard />
    </>
  );
}
