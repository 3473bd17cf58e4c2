import { Button } from '@fluentui/react-components';
import { ArrowDownload20Regular } from '@fluentui/react-icons';
import type { RequestOf } from '@isthmus/api-client';
import { useTranslation } from 'react-i18next';
import { type FileOperation, useExport } from './useExport.ts';

interface ExportButtonProps<Id extends FileOperation> {
  readonly operation: Id;
  readonly request: RequestOf<Id>;
  readonly fileName: string;
}

/** Saves what a list shows, loaded or not, as a CSV file. */
export function ExportButton<Id extends FileOperation>({ operation, request, fileName }: ExportButtonProps<Id>) {
  const { t } = useTranslation('common');
  const exportCsv = useExport();
  return (
    <Button icon={<ArrowDownload20Regular />} onClick={() => exportCsv(operation, request, fileName)}>
      {t('export.command')}
    </Button>
  );
}
