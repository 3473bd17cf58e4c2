import { Button, MessageBar, MessageBarBody, makeStyles, Text, tokens } from '@fluentui/react-components';
import type { AuditEntry } from '@isthmus/contracts';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../shell/api.ts';
import { ExportButton } from '../../shell/ExportButton.tsx';
import { usePagedList } from '../../shell/usePagedList.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { FilterBox } from '../../ui/FilterBox.tsx';
import { LoadingScreen } from '../../ui/LoadingScreen.tsx';
import { MasterList } from '../../ui/MasterList.tsx';
import { Page } from '../../ui/Page.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { StateLabel, type Tone } from '../../ui/StateLabel.tsx';
import { exactTime, ShortTime } from '../../ui/Time.tsx';
import { ActivityTabs } from '../jobs/ActivityTabs.tsx';

const useStyles = makeStyles({
  bar: { display: 'flex', gap: '8px', flexWrap: 'wrap', alignItems: 'center', flexShrink: 0 },
  quiet: { color: tokens.colorNeutralForeground3 },
});
const route = getRouteApi('/shell/activity/audit');
const tones: Readonly<Record<AuditEntry['result'], Tone>> = {
  done: 'success',
  failed: 'danger',
  refused: 'warning',
  started: 'waiting',
};

function AuditDetails({ entry }: { readonly entry: AuditEntry }) {
  const { t, i18n } = useTranslation('audit');
  const facts: Fact[] = [
    { id: 'what', label: t('fact.what'), value: entry.sentence },
    { id: 'result', label: t('fact.result'), value: t(`result.${entry.result}`) },
    { id: 'who', label: t('fact.who'), value: entry.actor },
    { id: 'whom', label: t('fact.whom'), value: entry.subject ?? '–' },
    { id: 'when', label: t('fact.when'), value: exactTime(entry.at, i18n.language) },
    { id: 'from', label: t('fact.from'), value: entry.address ?? '–' },
    ...entry.changes.map((change) => ({
      id: `change-${change.field}`,
      label: change.field,
      value: t('change', { before: change.before ?? '–', after: change.after ?? '–' }),
    })),
    { id: 'sequence', label: t('fact.sequence'), value: entry.sequence },
    { id: 'action', label: t('fact.action'), value: entry.action },
    { id: 'request', label: t('fact.request'), value: entry.requestId ?? '–' },
  ];
  return <Facts facts={facts} />;
}

function Verify() {
  const styles = useStyles();
  const { t } = useTranslation('audit');
  const verify = useCall('verifyAudit');
  return (
    <div className={styles.bar}>
      <Button disabledFocusable={verify.isPending} onClick={() => verify.mutate({})}>
        {t('verify')}
      </Button>
      {verify.isError && <ProblemMessage error={verify.error} />}
      {verify.data !== undefined && (
        <MessageBar intent={verify.data.intact ? 'success' : 'error'} role="status">
          <MessageBarBody>
            {verify.data.intact
              ? t('intact', { count: verify.data.entries })
              : t('broken', { number: verify.data.firstBroken })}
          </MessageBarBody>
        </MessageBar>
      )}
    </div>
  );
}

/** Who did what to whom: sentences, filtered as typed. */
export function AuditPage() {
  const styles = useStyles();
  const { t } = useTranslation('audit');
  const { q } = route.useSearch();
  const navigate = useNavigate();
  const query = q === undefined ? {} : { q };
  const list = usePagedList('listAudit', { query });
  const [open, setOpen] = useState<AuditEntry>();
  const onType = useCallback(
    (typed: string) =>
      void navigate({ to: '/activity/audit', search: typed === '' ? {} : { q: typed }, replace: true }),
    [navigate],
  );
  const close = useCallback(() => setOpen(undefined), []);
  return (
    <SidePanel.Frame open={open !== undefined}>
      <Page title={t('title')} fills>
        <ActivityTabs />
        <div className={styles.bar}>
          <FilterBox label={t('filter')} value={q ?? ''} onChange={onType} />
          <ExportButton operation="exportAudit" request={{ query }} fileName="audit.csv" />
          <Verify />
        </div>
        {list.error !== null && <ProblemMessage error={list.error} onRetry={list.refetch} />}
        {list.answer === undefined && list.error === null && <LoadingScreen />}
        {list.answer !== undefined && list.total === 0 && (
          <EmptyState title={t(q === undefined ? 'none' : 'nothingMatches')} />
        )}
        {list.total > 0 && (
          <MasterList
            label={t('list')}
            list={list}
            openId={open?.id}
            onOpen={setOpen}
            lineOf={(entry) => ({
              title: entry.sentence,
              state: <StateLabel tone={tones[entry.result]}>{t(`result.${entry.result}`)}</StateLabel>,
              facts: [entry.actor, <ShortTime key="at" instant={entry.at} />, entry.address ?? ''],
            })}
          />
        )}
        <Text size={200} role="status" className={styles.quiet}>
          {t('total', { count: list.total })}
        </Text>
      </Page>
      {open !== undefined && (
        <SidePanel label={t('details')} onClose={close}>
          <AuditDetails entry={open} />
        </SidePanel>
      )}
    </SidePanel.Frame>
  );
}
