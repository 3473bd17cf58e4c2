import { makeStyles, Switch, Text, tokens } from '@fluentui/react-components';
import type { DomainDetails } from '@isthmus/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { useMay } from '../../shell/session.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';

const useStyles = makeStyles({
  choice: { display: 'flex', flexDirection: 'column', overflowWrap: 'anywhere' },
  hint: { color: tokens.colorNeutralForeground3 },
});

const options = ['webmail', 'dmarc', 'dkim'] as const;

/** Whether mail has moved, and which further records are wanted. */
export function DomainOptionsSection({ domain }: { readonly domain: DomainDetails }) {
  const styles = useStyles();
  const { t } = useTranslation('domains');
  const queryClient = useQueryClient();
  const may = useMay('integration.write');
  const change = useCall('changeDomain');
  const { name } = domain;
  const run = (body: { hasMoved?: boolean; options?: Partial<DomainDetails['options']> }): void =>
    change.mutate(
      { params: { name }, body },
      {
        onSuccess: (answer) => {
          queryClient.setQueryData(queryOf('getDomain', { params: { name } }).queryKey, answer);
        },
      },
    );
  const isLocked = !may || change.isPending;
  const label = (text: string, hint: string) => (
    <span className={styles.choice}>
      <span>{text}</span>
      {hint !== '' && (
        <Text size={200} className={styles.hint}>
          {hint}
        </Text>
      )}
    </span>
  );
  const hints = { webmail: '', dmarc: t('options.dmarcHint'), dkim: t('options.dkimHint') };
  return (
    <Section title={t('options.title')}>
      <Switch
        checked={domain.hasMoved}
        disabled={isLocked}
        label={label(t('options.hasMoved'), t('options.hasMovedHint'))}
        onChange={(_event, { checked }) => run({ hasMoved: checked })}
      />
      {options.map((option) => (
        <Switch
          key={option}
          checked={domain.options[option]}
          disabled={isLocked}
          label={label(t(`options.${option}`, { name: domain.shown }), hints[option])}
          onChange={(_event, { checked }) => run({ options: { [option]: checked } })}
        />
      ))}
      {change.isError && <ProblemMessage error={change.error} />}
    </Section>
  );
}
