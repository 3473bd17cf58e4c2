import {
  Button,
  Field,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
  Radio,
  RadioGroup,
  Text,
  tokens,
} from '@fluentui/react-components';
import type { SyncStatus } from '@isthmus/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf, useCall } from '../../shell/api.ts';
import { useMay } from '../../shell/session.ts';
import { BusyIcon } from '../../ui/BusyIcon.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { RelativeTime } from '../../ui/Time.tsx';

type Held = NonNullable<SyncStatus['held']>;
type Decision = 'later' | 'approve' | 'keep';
const decisions = ['later', 'approve', 'keep'] as const;

const useStyles = makeStyles({
  all: { display: 'flex', flexDirection: 'column', gap: '10px' },
  list: { listStyleType: 'none', margin: 0, padding: 0, maxHeight: '420px', overflowY: 'auto' },
  person: { padding: '8px 0', borderTop: `1px solid ${tokens.colorNeutralStroke3}` },
  radios: { flexWrap: 'wrap' },
  quiet: { color: tokens.colorNeutralForeground3 },
  actions: { display: 'flex', gap: '8px', flexWrap: 'wrap' },
});

/** What the delete guard stopped, to be decided person by person; nothing of it was done. */
export function HeldPass({ held }: { readonly held: Held }) {
  const styles = useStyles();
  const { t } = useTranslation(['sync', 'plans']);
  const may = useMay('users.remove');
  const queryClient = useQueryClient();
  const decide = useCall('decideHeldPass');
  const [chosen, setChosen] = useState<Readonly<Record<string, Decision>>>({});
  const keysOf = (decision: Decision): string[] =>
    held.items.filter(({ key }) => chosen[key] === decision).map(({ key }) => key);
  const chooseAll = (decision: Decision): void =>
    setChosen(Object.fromEntries(held.items.map(({ key }) => [key, decision])));
  const approve = keysOf('approve');
  const keep = keysOf('keep');
  const apply = (): void =>
    decide.mutate(
      { params: { id: held.id }, body: { approve, keep } },
      {
        onSuccess: (status) => {
          setChosen({});
          queryClient.setQueryData(queryOf('getSyncStatus', {}).queryKey, status);
          void queryClient.invalidateQueries({ queryKey: ['getHome'] });
        },
      },
    );
  return (
    <section className={styles.all} aria-label={t('held.title')}>
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          <MessageBarTitle>{t('held.title')}</MessageBarTitle>
          {t('held.text', { count: held.items.length, limit: held.limit })} <RelativeTime instant={held.heldAt} />
        </MessageBarBody>
      </MessageBar>
      {may && (
        <div className={styles.actions}>
          <Button size="small" onClick={() => chooseAll('approve')}>
            {t('held.approveAll')}
          </Button>
          <Button size="small" onClick={() => chooseAll('keep')}>
            {t('held.keepAll')}
          </Button>
        </div>
      )}
      <ul className={styles.list}>
        {held.items.map(({ key, subject, actions }) => (
          <li key={key} className={styles.person}>
            <Field
              label={
                <>
                  <Text weight="semibold">
                    <bdi>{subject.name}</bdi>
                  </Text>{' '}
                  <Text size={200} className={styles.quiet}>
                    {[subject.address ?? subject.userName, ...actions.map(({ type }) => t(`plans:action.${type}`))]
                      .filter((part) => part !== null)
                      .join(' · ')}
                  </Text>
                </>
              }
            >
              <RadioGroup
                layout="horizontal"
                className={styles.radios}
                disabled={!may}
                value={chosen[key] ?? 'later'}
                onChange={(_event, data) =>
                  setChosen({ ...chosen, [key]: decisions.find((known) => known === data.value) ?? 'later' })
                }
              >
                {decisions.map((decision) => (
                  <Radio key={decision} value={decision} label={t(`held.${decision}`)} />
                ))}
              </RadioGroup>
            </Field>
          </li>
        ))}
      </ul>
      {decide.isError && <ProblemMessage error={decide.error} />}
      {may && (
        <div>
          <Button
            appearance="primary"
            disabledFocusable={decide.isPending || approve.length + keep.length === 0}
            icon={decide.isPending ? <BusyIcon /> : null}
            onClick={apply}
          >
            {t('held.apply', { approve: approve.length, keep: keep.length })}
          </Button>
        </div>
      )}
    </section>
  );
}
