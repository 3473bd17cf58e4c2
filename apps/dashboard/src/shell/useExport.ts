import type { RequestOf } from '@isthmus/api-client';
import type { OperationId } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../ui/saveFile.ts';
import { api, isProblem } from './api.ts';
import { useVoice } from './liveRegions.tsx';

/** Operations that answer a CSV file. */
export type FileOperation = 'downloadJobResults' | 'downloadUserTemplate' | Extract<OperationId, `export${string}`>;

/** Saves the CSV file of an operation; what goes wrong is told with the server's words. */
export function useExport(): <Id extends FileOperation>(id: Id, request: RequestOf<Id>, fileName: string) => void {
  const { t } = useTranslation('common');
  const { notify } = useVoice();
  return (id, request, fileName) => {
    api.text(id, request).then(
      // Reading a text takes the mark away by which spreadsheets know UTF-8.
      (text) => saveFile(new Blob(['\uFEFF', text], { type: 'text/csv' }), fileName),
      (error: unknown) => {
        const detail = isProblem(error) ? [error.problem.detail, error.problem.remedy].join(' ').trim() : undefined;
        notify('error', t('export.failed'), detail);
      },
    );
  };
}
