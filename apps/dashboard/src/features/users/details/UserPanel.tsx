import { Avatar, Button, makeStyles, Subtitle1, Tab, TabList, Text, Tooltip, tokens } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import type { User, UserDetails } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { detailsTabs } from '../../../detailsTabs.ts';
import { queryOf } from '../../../shell/api.ts';
import { ProblemMessage } from '../../../ui/ProblemMessage.tsx';
import { useIsNarrow } from '../../../ui/useMediaQuery.ts';
import { Waiting } from '../../../ui/Waiting.tsx';
import type { UserDialogKind } from '../dialogs/userDialogKinds.ts';
import { userStateLabel } from '../userStates.tsx';
import { useUsersSearch } from '../useUsersSearch.ts';
import { GeneralTab } from './GeneralTab.tsx';
import { GroupsTab } from './GroupsTab.tsx';
import { NextAction } from './NextAction.tsx';
import { OffboardingNote } from './OffboardingNote.tsx';
import { OnlineAccountTab } from './OnlineAccountTab.tsx';
import { TimelineTab } from './TimelineTab.tsx';

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    minHeight: 0,
    minWidth: 0,
    padding: '20px',
    boxSizing: 'border-box',
    overflowY: 'auto',
    backgroundColor: tokens.colorNeutralBackground1,
    borderInlineStartWidth: '1px',
    borderInlineStartStyle: 'solid',
    borderInlineStartColor: tokens.colorNeutralStroke2,
    '@media (max-width: 899px)': { position: 'fixed', inset: '48px 0 0 0', zIndex: 10, padding: '12px' },
  },
  head: { display: 'flex', alignItems: 'start', gap: '12px' },
  who: { flexGrow: 1, minWidth: 0, display: 'flex', flexDirection: 'column', gap: '2px', overflowWrap: 'anywhere' },
  quiet: { color: tokens.colorNeutralForeground3 },
  tabs: { flexShrink: 0, flexWrap: 'wrap', marginInlineStart: '-8px' },
});

interface UserPanelProps {
  readonly userId: string;
  readonly onClose: () => void;
  readonly onDialog: (kind: UserDialogKind, user: User) => void;
}

interface TabContentProps {
  readonly user: UserDetails;
  readonly onDialog: (kind: UserDialogKind) => void;
}

function TabContent({ user, onDialog }: TabContentProps) {
  const { tab } = useUsersSearch();
  switch (tab ?? 'general') {
    case 'general':
      return <GeneralTab user={user} />;
    case 'online-account':
      return <OnlineAccountTab user={user} onChangeLicenses={() => onDialog('changeLicenses')} />;
    case 'groups':
      return <GroupsTab user={user} />;
    case 'activity':
      return <TimelineTab userId={user.id} />;
  }
}

/** One person beside the list, which stays usable; on narrow screens instead of it. */
export function UserPanel({ userId, onClose, onDialog }: UserPanelProps) {
  const styles = useStyles();
  const { t } = useTranslation(['users', 'common', 'userPanel']);
  const { tab, change } = useUsersSearch();
  const narrow = useIsNarrow();
  const panel = useRef<HTMLElement>(null);
  const { data: user, error, refetch } = useQuery(queryOf('getUser', { params: { id: userId } }));
  useEffect(() => {
    // On narrow screens the list is covered, so the focus comes along.
    if (narrow) panel.current?.focus();
  }, [narrow]);
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent): void => {
      const inGrid = event.target instanceof Element && event.target.closest('[role=grid]') !== null;
      if (event.key === 'Escape' && inGrid) onClose();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [onClose]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    onClose();
  };
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label={t('userPanel:panel.label', { name: user?.displayName ?? '' })}
      className={styles.panel}
      onKeyDown={onKeyDown}
    >
      <div className={styles.head}>
        {user !== undefined && <Avatar size={48} name={user.displayName} color="colorful" aria-hidden />}
        <div className={styles.who}>
          <Subtitle1 as="h2">
            <bdi>{user?.displayName}</bdi>
          </Subtitle1>
          {user !== undefined && (
            <>
              <Text size={200} className={styles.quiet}>
                {user.upn ?? user.userName}
              </Text>
              {userStateLabel(user, t)}
            </>
          )}
        </div>
        <Tooltip content={t('userPanel:panel.close')} relationship="label">
          <Button appearance="subtle" icon={<Dismiss20Regular />} onClick={onClose} />
        </Tooltip>
      </div>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {user === undefined && error === null && <Waiting delay={200} />}
      {user !== undefined && (
        <>
          {user.offboarding !== null && (
            <OffboardingNote user={user} offboarding={user.offboarding} onChange={() => onDialog('offboard', user)} />
          )}
          <NextAction user={user} onDialog={(kind) => onDialog(kind, user)} />
          <TabList
            className={styles.tabs}
            size="small"
            selectedValue={tab ?? 'general'}
            onTabSelect={(_event, { value }) => change({ tab: value === 'general' ? undefined : String(value) })}
          >
            {detailsTabs.map((id) => (
              <Tab key={id} value={id} id={`tab-${id}`} aria-controls="user-tab">
                {t(`userPanel:panel.tab.${id}`)}
              </Tab>
            ))}
          </TabList>
          <div role="tabpanel" id="user-tab" aria-labelledby={`tab-${tab ?? 'general'}`}>
            <TabContent user={user} onDialog={(kind) => onDialog(kind, user)} />
          </div>
        </>
      )}
    </aside>
  );
}
