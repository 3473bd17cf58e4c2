import type { Integration } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../shell/session.ts';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { Section } from '../../ui/Section.tsx';
import { StateLabel, type Tone } from '../../ui/StateLabel.tsx';
import { RelativeTime, ShortTime } from '../../ui/Time.tsx';
import { RenewCertificate } from './RenewCertificate.tsx';

interface ConnectionSectionProps {
  readonly integration: Integration;
  readonly tenant: NonNullable<Integration['tenant']>;
}

const tones: Readonly<Record<Integration['state'], Tone>> = {
  'not-integrated': 'neutral',
  'setting-up': 'waiting',
  integrated: 'success',
  broken: 'danger',
};

export function ConnectionSection({ integration, tenant }: ConnectionSectionProps) {
  const { t, i18n } = useTranslation('integration');
  const { application, lastContactAt } = integration;
  const mayRenew = useMay('integration.write');
  const country = new Intl.DisplayNames(i18n.language, { type: 'region' }).of(tenant.defaultUsageLocation);
  const facts: readonly Fact[] = [
    { id: 'tenant', label: t('fact.tenant'), value: tenant.displayName },
    { id: 'id', label: t('fact.tenantId'), value: tenant.tenantId },
    { id: 'domain', label: t('fact.defaultDomain'), value: tenant.defaultDomain },
    { id: 'initial', label: t('fact.initialDomain'), value: tenant.initialDomain },
    { id: 'location', label: t('fact.usageLocation'), value: country },
    ...(application === null
      ? []
      : [
          { id: 'application', label: t('fact.application'), value: application.displayName },
          {
            id: 'certificate',
            label: t('fact.certificateExpires'),
            value: <ShortTime instant={application.certificateExpiresAt} />,
          },
        ]),
    { id: 'at', label: t('fact.integratedAt'), value: <ShortTime instant={integration.integratedAt} /> },
    { id: 'by', label: t('fact.integratedBy'), value: integration.integratedBy ?? '–' },
    {
      id: 'contact',
      label: t('fact.lastContact'),
      value: lastContactAt === null ? '–' : <RelativeTime instant={lastContactAt} />,
    },
  ];
  return (
    <Section
      title={t('connection.title')}
      action={<StateLabel tone={tones[integration.state]}>{t(`connection.state.${integration.state}`)}</StateLabel>}
    >
      <Facts facts={facts} />
      {mayRenew && <RenewCertificate />}
    </Section>
  );
}
