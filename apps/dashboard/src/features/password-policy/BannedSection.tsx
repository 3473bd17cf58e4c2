import { Button, Field, makeStyles, Text, Textarea } from '@fluentui/react-components';
import { bannedWordSchema } from '@isthmus/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { useMay } from '../../shell/session.ts';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { Section } from '../../ui/Section.tsx';

const useStyles = makeStyles({ actions: { display: 'flex', gap: '8px', flexWrap: 'wrap', alignItems: 'center' } });

const wordsOf = (text: string): string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Words that no password may be built on, one a line. */
export function BannedSection({ words }: { readonly words: readonly string[] }) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('passwordPolicy');
  const may = useMay('settings.write');
  const queryClient = useQueryClient();
  const { announce } = useVoice();
  const save = useCall('setBannedWords');
  const [touched, setTouched] = useState<string>();
  const text = touched ?? words.join('\n');
  const typed = wordsOf(text);
  const bad = typed.find((word) => !bannedWordSchema.safeParse(word).success);
  const onSave = (): void =>
    save.mutate(
      { body: { words: typed } },
      {
        onSuccess: () => {
          void queryClient
            .invalidateQueries({ queryKey: queryOf('getPasswordPolicy', {}).queryKey })
            .then(() => setTouched(undefined));
          announce(t('banned.saved'));
        },
      },
    );
  return (
    <Section title={t('banned.title')}>
      <Text>{t('banned.text')}</Text>
      <Field
        label={t('banned.label')}
        {...(bad === undefined
          ? {}
          : { validationMessage: t('banned.bad', { word: bad }), validationState: 'error' as const })}
      >
        <Textarea
          rows={6}
          resize="vertical"
          value={text}
          disabled={!may}
          onChange={(_event, data) => setTouched(data.value)}
        />
      </Field>
      <Text size={200} role="status">
        {t('banned.count', { count: typed.length, number: new Intl.NumberFormat(i18n.language).format(typed.length) })}
      </Text>
      {save.isError && <ProblemMessage error={save.error} />}
      <div className={styles.actions}>
        {may && (
          <Button
            appearance="primary"
            disabledFocusable={touched === undefined || bad !== undefined || save.isPending}
            icon={save.isPending ? <BusyIcon /> : null}
            onClick={onSave}
          >
            {t('banned.save')}
          </Button>
        )}
        <CopyButton text={typed.join('\n')} what={t('banned.copy')} />
      </div>
      <Text size={200}>{t('banned.copyHint')}</Text>
    </Section>
  );
}
