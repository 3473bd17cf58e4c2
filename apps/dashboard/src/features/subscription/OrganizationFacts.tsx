import type { SubscriptionPage } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/Facts.tsx';
import { Section } from '../../ui/Section.tsx';
import { ShortTime } from '../../ui/Time.tsx';

/** Whom the tenant belongs to, as Microsoft knows it. */
export function OrganizationFacts({ organization }: { readonly organization: SubscriptionPage['organization'] }) {
  const { t, i18n } = useTranslation('subscription');
  const { name, address, countryCode, phones, technicalMails, createdAt } = organization;
  const country = countryCode === null ? '' : new Intl.DisplayNames(i18n.language, { type: 'region' }).of(countryCode);
  const orNone = (values: readonly string[]): string =>
    values.length === 0 ? t('organization.none') : values.join(', ');
  return (
    <Section title={t('organization.title')}>
      <Facts
        facts={[
          { id: 'name', label: t('organization.name'), value: name },
          {
            id: 'address',
            label: t('organization.address'),
            value: orNone([...address, country ?? ''].filter(Boolean)),
          },
          { id: 'phones', label: t('organization.phones'), value: orNone(phones) },
          { id: 'mails', label: t('organization.technicalMails'), value: orNone(technicalMails) },
          { id: 'since', label: t('organization.since'), value: <ShortTime instant={createdAt} /> },
        ]}
      />
    </Section>
  );
}
