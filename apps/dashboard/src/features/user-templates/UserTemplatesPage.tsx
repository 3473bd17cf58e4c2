import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { UserTemplate } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { useSession } from '../../shell/session.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';
import { SettingsTabs } from '../settings/SettingsTabs.tsx';
import { RemoveTemplateDialog } from './RemoveTemplateDialog.tsx';
import { UserTemplateDialog } from './UserTemplateDialog.tsx';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  template: {
    display: 'flex',
    justifyContent: 'space-between',
    alignItems: 'center',
    gap: '8px 16px',
    flexWrap: 'wrap',
    padding: '12px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    ':first-child': { borderTopStyle: 'none' },
  },
  what: { minWidth: 0, overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '8px' },
  add: { alignSelf: 'start' },
});

interface TemplateLineProps {
  readonly template: UserTemplate;
  readonly mayChange: boolean;
  readonly onChange: () => void;
  readonly onRemove: () => void;
}

function TemplateLine({ template, mayChange, onChange, onRemove }: TemplateLineProps) {
  const styles = useStyles();
  const { t } = useTranslation('userTemplates');
  const { name, description, department, online, groupDns } = template;
  const facts = [
    department,
    t('groups', { count: groupDns.length }),
    online === null ? t('noOnline') : t('online', { domain: online.domain }),
  ].filter((fact) => fact !== '');
  return (
    <li className={styles.template}>
      <div className={styles.what}>
        <Text block weight="semibold">
          {name}
        </Text>
        {description !== '' && <Text block>{description}</Text>}
        <Text block size={200} className={styles.quiet}>
          {facts.join(' · ')}
        </Text>
      </div>
      {mayChange && (
        <div className={styles.buttons}>
          <Button aria-label={t('changeNamed', { name })} onClick={onChange}>
            {t('change')}
          </Button>
          <Button aria-label={t('removeNamed', { name })} onClick={onRemove}>
            {t('remove')}
          </Button>
        </div>
      )}
    </li>
  );
}

type Open = { readonly kind: 'save' | 'remove'; readonly template: UserTemplate } | { readonly kind: 'add' };

/** What new people of one kind have in common; chosen when somebody is added or imported. */
export function UserTemplatesPage() {
  const styles = useStyles();
  const { t } = useTranslation('userTemplates');
  const { permissions } = useSession();
  const mayChange = permissions.includes('users.write');
  const { data, error, refetch } = useQuery(queryOf('listUserTemplates', {}));
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const add = (
    <Button appearance="primary" className={styles.add} onClick={() => setOpen({ kind: 'add' })}>
      {t('add')}
    </Button>
  );
  return (
    <Page title={t('page')}>
      <SettingsTabs />
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <LoadingScreen />}
      {data?.items.length === 0 && (
        <EmptyState title={t('none')} text={t('noneText')}>
          {mayChange && add}
        </EmptyState>
      )}
      {data !== undefined && data.items.length > 0 && (
        <Section title={t('title')}>
          <Text>{t('explain')}</Text>
          <ul className={styles.list}>
            {data.items.map((template) => (
              <TemplateLine
                key={template.id}
                template={template}
                mayChange={mayChange}
                onChange={() => setOpen({ kind: 'save', template })}
                onRemove={() => setOpen({ kind: 'remove', template })}
              />
            ))}
          </ul>
          {mayChange && add}
        </Section>
      )}
      {open?.kind === 'remove' && <RemoveTemplateDialog template={open.template} onClose={close} />}
      {open !== undefined && open.kind !== 'remove' && (
        <UserTemplateDialog template={'template' in open ? open.template : undefined} onClose={close} />
      )}
    </Page>
  );
}
