import { Button, makeStyles } from '@fluentui/react-components';
import type { DomainDetails, DomainUseView } from '@isthmus/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, isProblem, queryOf, useCall } from '../../shell/api.ts';
import { useVoice } from '../../shell/liveRegions.tsx';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { saveFile } from '../../ui/saveFile.ts';
import { LeaveDomainDialog } from './LeaveDomainDialog.tsx';
import { UnlinkDomainDialog } from './UnlinkDomainDialog.tsx';

const useStyles = makeStyles({ bar: { display: 'flex', gap: '8px', flexWrap: 'wrap' } });

/** What can be done with a domain. */
export function DomainCommands({ domain }: { readonly domain: DomainDetails }) {
  const styles = useStyles();
  const { t } = useTranslation('domains');
  const { announce, notify } = useVoice();
  const queryClient = useQueryClient();
  const [isUnlinking, setUnlinking] = useState(false);
  const [leaving, setLeaving] = useState<readonly DomainUseView[]>();
  const check = useCall('checkDomain');
  const makeDefault = useCall('setDefaultDomain');
  const { name, shown } = domain;
  const key = queryOf('getDomain', { params: { name } }).queryKey;
  const runCheck = (): void =>
    check.mutate({ params: { name } }, { onSuccess: (answer) => void queryClient.setQueryData(key, answer) });
  const runDefault = (): void =>
    makeDefault.mutate(
      { params: { name } },
      {
        onSuccess: () => {
          void queryClient.invalidateQueries({ queryKey: ['listDomains'] });
          void queryClient.invalidateQueries({ queryKey: key });
          announce(t('page.madeDefault', { name: shown }));
        },
      },
    );
  const download = (): void => {
    // The number keeps earlier files, as the original did.
    const fileName = `NewDNSRecords_(${1000 + Math.floor(Math.random() * 9000)}).txt`;
    api.text('downloadDomainRecords', { params: { name } }).then(
      (text) => saveFile(new Blob([text], { type: 'text/plain' }), fileName),
      (error: unknown) => notify('error', isProblem(error) ? error.problem.detail : String(error)),
    );
  };
  return (
    <>
      <div className={styles.bar}>
        <Button
          appearance="primary"
          disabledFocusable={check.isPending}
          icon={check.isPending ? <BusyIcon /> : null}
          onClick={runCheck}
        >
          {check.isPending ? t('page.checking') : t('page.check')}
        </Button>
        <Button onClick={download}>{t('page.download')}</Button>
        {domain.isVerified && !domain.isDefault && (
          <Button disabledFocusable={makeDefault.isPending} onClick={runDefault}>
            {t('page.makeDefault')}
          </Button>
        )}
        <Button onClick={() => setUnlinking(true)}>{t('page.unlink')}</Button>
      </div>
      {check.isError && <ProblemMessage error={check.error} />}
      {makeDefault.isError && <ProblemMessage error={makeDefault.error} />}
      {isUnlinking && leaving === undefined && (
        <UnlinkDomainDialog domain={domain} onMove={setLeaving} onClose={() => setUnlinking(false)} />
      )}
      {leaving !== undefined && (
        <LeaveDomainDialog domain={domain} accounts={leaving} onClose={() => setLeaving(undefined)} />
      )}
    </>
  );
}
