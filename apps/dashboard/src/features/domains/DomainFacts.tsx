import type { DomainDetails } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/Facts.tsx';
import { Section } from '../../ui/Section.tsx';
import { RelativeTime, ShortTime } from '../../ui/Time.tsx';

/** What is known about the domain beside its records. */
export function DomainFacts({ domain }: { readonly domain: DomainDetails }) {
  const { t } = useTranslation('domains');
  const { nameServers, provider, expiresAt, addedAt, addedBy, verifiedAt, checkedAt, nextCheckAt } = domain;
  return (
    <Section title={t('facts.title')}>
      <Facts
        facts={[
          {
            id: 'looked',
            label: t('page.lastLooked'),
            value: checkedAt === null ? t('page.never') : <RelativeTime instant={checkedAt} />,
          },
          { id: 'next', label: t('page.nextLook'), value: <RelativeTime instant={nextCheckAt} /> },
          {
            id: 'added',
            label: t('facts.added'),
            value: (
              <>
                <ShortTime instant={addedAt} /> {t('facts.by', { name: addedBy })}
              </>
            ),
          },
          {
            id: 'verified',
            label: t('facts.verified'),
            value: verifiedAt === null ? t('facts.notYet') : <ShortTime instant={verifiedAt} />,
          },
          {
            id: 'servers',
            label: t('facts.nameServers'),
            value: nameServers.length === 0 ? t('facts.unknown') : nameServers.join(', '),
          },
          ...(provider === null ? [] : [{ id: 'provider', label: t('facts.provider'), value: provider.name }]),
          ...(expiresAt === null
            ? []
            : [{ id: 'expires', label: t('facts.expires'), value: <ShortTime instant={expiresAt} /> }]),
        ]}
      />
    </Section>
  );
}
