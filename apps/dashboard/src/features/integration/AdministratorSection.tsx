import { Button } from '@fluentui/react-components';
import type { Integration } from '@isthmus/contracts';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/Facts.tsx';
import { Section } from '../../ui/Section.tsx';

/** Who granted the permissions, and another in their place. */
export function AdministratorSection({ integration }: { readonly integration: Integration }) {
  const { t } = useTranslation('integration');
  const navigate = useNavigate();
  return (
    <Section
      title={t('administrator.title')}
      action={
        <Button onClick={() => void navigate({ to: '/microsoft365/administrator' })}>
          {t('administrator.change')}
        </Button>
      }
    >
      <Facts
        facts={[
          {
            id: 'administrator',
            label: t('administrator.who'),
            value: integration.administrator ?? t('administrator.unknown'),
          },
        ]}
      />
    </Section>
  );
}
