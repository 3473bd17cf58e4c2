import { Button, Field, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { LONGEST_USER_FILE_BYTES, MOST_USER_FILE_ROWS } from '@isthmus/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useExport } from '../../shell/useExport.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { readAsBase64 } from './readAsBase64.ts';
import type { Import, ImportSource } from './useImport.ts';

const useStyles = makeStyles({
  choice: { display: 'block', color: tokens.colorNeutralForeground3 },
  file: {
    font: 'inherit',
    color: 'inherit',
    minWidth: 0,
    maxWidth: '100%',
    '::file-selector-button': {
      font: 'inherit',
      fontWeight: tokens.fontWeightSemibold,
      color: tokens.colorNeutralForeground1,
      backgroundColor: tokens.colorNeutralBackground1,
      border: `1px solid ${tokens.colorNeutralStroke1}`,
      borderRadius: tokens.borderRadiusMedium,
      padding: '5px 12px',
      marginInlineEnd: '12px',
      cursor: 'pointer',
    },
  },
  field: { gridTemplateColumns: 'minmax(0, 1fr)' },
  line: { display: 'flex', flexWrap: 'wrap', gap: '12px', alignItems: 'center' },
});

function Choice({ source }: { readonly source: ImportSource }) {
  const styles = useStyles();
  const { t } = useTranslation('imports');
  return (
    <>
      {t(`source.${source}`)}
      <Text size={200} className={styles.choice}>
        {t(`source.${source}Text`)}
      </Text>
    </>
  );
}

function FileChoice({ given, missing }: { readonly given: Import; readonly missing: boolean }) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('imports');
  const exportCsv = useExport();
  const read = useMutation({
    mutationKey: ['readUserFile'],
    mutationFn: async (file: File) => {
      if (file.size > LONGEST_USER_FILE_BYTES) throw new Error(t('source.tooLong', { name: file.name }));
      await given.read(file.name, await readAsBase64(file));
    },
  });
  const number = new Intl.NumberFormat(i18n.language);
  const problem = missing && given.file === undefined ? t('source.needed') : undefined;
  return (
    <>
      <Field
        className={styles.field}
        label={t('source.choose')}
        hint={t('source.hint', { rows: number.format(MOST_USER_FILE_ROWS) })}
        {...(problem === undefined ? {} : { validationState: 'error' as const, validationMessage: problem })}
      >
        <div className={styles.line}>
          <input
            type="file"
            className={styles.file}
            accept=".csv,.txt,text/csv"
            aria-label={t('source.choose')}
            onChange={(event) => {
              const [file] = event.target.files ?? [];
              if (file !== undefined) read.mutate(file);
            }}
          />
          <Button appearance="subtle" onClick={() => exportCsv('downloadUserTemplate', {}, 'users.csv')}>
            {t('source.template')}
          </Button>
        </div>
      </Field>
      {given.file !== undefined && (
        <Text role="status">
          {t('source.chosen', {
            name: given.file.name,
            rows: number.format(given.file.read.rows.length),
            encoding: given.file.read.encoding.toUpperCase(),
          })}
        </Text>
      )}
      {read.error !== null && <ProblemMessage error={read.error} />}
    </>
  );
}

/** Where the people come from, and the file when they come from one. */
export function SourceStep({ given, tried }: { readonly given: Import; readonly tried: boolean }) {
  const { t } = useTranslation('imports');
  return (
    <>
      <Field label={t('source.legend')}>
        <RadioGroup value={given.source} onChange={(_event, data) => given.setSource(data.value as ImportSource)}>
          <Radio value="online" label={<Choice source="online" />} />
          <Radio value="file" label={<Choice source="file" />} />
        </RadioGroup>
      </Field>
      {given.source === 'file' && <FileChoice given={given} missing={tried} />}
      {given.source === 'online' && given.integrated === false && <Text role="alert">{t('notIntegrated')}</Text>}
    </>
  );
}
