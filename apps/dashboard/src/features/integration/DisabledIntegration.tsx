import type { Integration } from '@isthmus/contracts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState.tsx';

interface DisabledIntegrationProps {
  readonly disabled: NonNullable<Integration['disabled']>;
  /** The way back. */
  readonly children: ReactNode;
}

/** Whose integration was disabled when, what comes back with it, and what of it is still in the tenant. */
export function DisabledIntegration({ disabled, children }: DisabledIntegrationProps) {
  const { t, i18n } = useTranslation('integration');
  const { tenantName, disabledAt, disabledBy, remembers, links, leftOver } = disabled;
  const date = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' }).format(new Date(disabledAt));
  return (
    <EmptyState
      title={t('disabled.title', { tenant: tenantName })}
      text={[
        t('disabled.text', { person: disabledBy, date }),
        ...(remembers ? [t('disabled.remembers', { count: links })] : []),
        ...(leftOver.length > 0 ? [t('disabled.leftOver', { objects: leftOver.join(', ') })] : []),
      ]}
    >
      {children}
    </EmptyState>
  );
}
