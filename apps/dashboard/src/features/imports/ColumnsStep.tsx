import { MessageBar, MessageBarBody, makeStyles, Select, Text, tokens } from '@fluentui/react-components';
import { type UserImportField, userImportFields } from '@isthmus/contracts';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import type { Import } from './useImport.ts';

const useStyles = makeStyles({
  table: { borderCollapse: 'collapse', width: '100%', tableLayout: 'fixed' },
  cell: {
    padding: '6px 8px',
    textAlign: 'start',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  select: { width: '100%', minWidth: 0 },
  bare: { flexShrink: 0 },
});

/** Whether the file tells who the people are. */
export function namesPeople({ file }: Pick<Import, 'file'>): boolean {
  const naming: readonly (string | null)[] = ['userName', 'displayName', 'givenName', 'surname'];
  return file?.read.columns.some(({ field }) => naming.includes(field)) === true;
}

/** Which field each column of the file holds. */
export function ColumnsStep({ given, tried }: { readonly given: Import; readonly tried: boolean }) {
  const styles = useStyles();
  const { t } = useTranslation('imports');
  const change = useMutation({
    mutationKey: ['readUserFile'],
    mutationFn: async ({ column, field }: { readonly column: number; readonly field: string }) =>
      given.setField(column, field === '' ? undefined : (field as UserImportField)),
  });
  const { columns = [], warnings = [] } = given.file?.read ?? {};
  return (
    <>
      <Text>{t('columns.text')}</Text>
      {tried && !namesPeople(given) && (
        <MessageBar intent="error" role="alert" className={styles.bare}>
          <MessageBarBody>{t('columns.needed')}</MessageBarBody>
        </MessageBar>
      )}
      {change.error !== null && <ProblemMessage error={change.error} />}
      {warnings.length > 0 && (
        <MessageBar intent="warning" layout="multiline" className={styles.bare}>
          <MessageBarBody>
            {warnings.slice(0, 3).map(({ message, remedy }) => (
              <p key={message}>
                {message} {remedy}
              </p>
            ))}
          </MessageBarBody>
        </MessageBar>
      )}
      <table className={styles.table} aria-label={t('columns.list')}>
        <thead>
          <tr>
            {(['column', 'field', 'sample'] as const).map((name) => (
              <th key={name} scope="col" className={styles.cell}>
                {t(`columns.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map(({ name, field, sample }, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name; their order never changes
            <tr key={column}>
              <th scope="row" className={styles.cell} title={name}>
                <bdi>{name}</bdi>
              </th>
              <td className={styles.cell}>
                <Select
                  className={styles.select}
                  value={field ?? ''}
                  aria-label={t('columns.fieldOf', { name })}
                  onChange={(_event, data) => change.mutate({ column, field: data.value })}
                >
                  <option value="">{t('columns.none')}</option>
                  {userImportFields.map((each) => (
                    <option key={each} value={each}>
                      {t(`field.${each}`)}
                    </option>
                  ))}
                </Select>
              </td>
              <td className={styles.cell} title={sample}>
                <bdi className={styles.quiet}>{sample}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
