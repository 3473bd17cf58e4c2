import {
  Button,
  MessageBar,
  MessageBarBody,
  makeStyles,
  Subtitle1,
  Subtitle2,
  Text,
  tokens,
} from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import type { Group, GroupMember } from '@isthmus/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryOf } from '../../shell/api.ts';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { SidePanel } from '../../ui/SidePanel.tsx';
import { RelativeTime } from '../../ui/Time.tsx';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';
import { Waiting } from '../../ui/Waiting.tsx';
import { groupState } from './groupState.tsx';

const useStyles = makeStyles({
  details: { display: 'flex', flexDirection: 'column', gap: '14px' },
  name: { overflowWrap: 'anywhere' },
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  member: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '8px',
    minHeight: '36px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
  },
  quiet: { color: tokens.colorNeutralForeground3 },
  more: { alignSelf: 'start' },
});
const PAGE = 100;

function useGroupFacts(group: Group): readonly Fact[] {
  const { t, i18n } = useTranslation('groups');
  const number = new Intl.NumberFormat(i18n.language);
  const { link } = group;
  const scope = t(`scope.${group.scope}`);
  const kind = `${scope}, ${t(group.isSecurity ? 'kind.security' : 'kind.distribution')}`;
  return [
    { id: 'description', label: t('fact.description'), value: group.description || '–' },
    { id: 'kind', label: t('fact.kind'), value: kind },
    { id: 'place', label: t('fact.place'), value: group.dn },
    ...(group.mail === null ? [] : [{ id: 'mail', label: t('fact.mail'), value: group.mail }]),
    { id: 'online', label: t('fact.online'), value: groupState(group, t) },
    ...(link?.checkedAt == null
      ? []
      : [{ id: 'checked', label: t('fact.checked'), value: <RelativeTime instant={link.checkedAt} /> }]),
    ...(link?.members == null ? [] : [{ id: 'people', label: t('fact.people'), value: number.format(link.members) }]),
    ...(link?.withoutAccount == null || link.withoutAccount === 0
      ? []
      : [{ id: 'without', label: t('fact.withoutAccount'), value: number.format(link.withoutAccount) }]),
  ];
}

interface MembersProps {
  readonly group: Group;
  readonly members: readonly GroupMember[];
  readonly onRemove: (member: GroupMember) => void;
}

function Members({ group, members, onRemove }: MembersProps) {
  const styles = useStyles();
  const linkStyle = useLinkStyles();
  const { t, i18n } = useTranslation('groups');
  const [shown, setShown] = useState(PAGE);
  const number = new Intl.NumberFormat(i18n.language);
  const rest = members.length - shown;
  if (members.length === 0) return <Text>{t('panel.nobody')}</Text>;
  return (
    <>
      <Subtitle2 as="h3">
        {t('panel.members', { count: members.length, number: number.format(members.length) })}
      </Subtitle2>
      <ul className={styles.list}>
        {members.slice(0, shown).map((member) => (
          <li key={member.id} className={styles.member}>
            <span>
              {member.kind === 'user' && (
                <Link to="/users" search={{ open: member.id }} className={linkStyle}>
                  <bdi>{member.name}</bdi>
                </Link>
              )}
              {member.kind === 'group' && (
                <Link to="/users/groups" search={{ open: member.id }} className={linkStyle}>
                  <bdi>{member.name}</bdi>
                </Link>
              )}
              {member.kind !== 'user' && member.kind !== 'group' && <bdi>{member.name}</bdi>}{' '}
              <Text size={200} className={styles.quiet}>
                {member.through !== null && t('panel.through', { group: member.through })}
                {member.through === null && member.kind === 'user' && !member.hasOnlineAccount && t('panel.noAccount')}
              </Text>
            </span>
            {group.may.changeMembers &&
              member.through === null &&
              (member.kind === 'user' || member.kind === 'group') && (
                <Button
                  size="small"
                  appearance="subtle"
                  icon={<Dismiss16Regular />}
                  aria-label={t('panel.removeMember', { name: member.name })}
                  onClick={() => onRemove(member)}
                />
              )}
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Button className={styles.more} onClick={() => setShown(shown + PAGE)}>
          {t('panel.more', { count: rest, number: number.format(rest) })}
        </Button>
      )}
    </>
  );
}

function Details({ group, members, onRemove }: MembersProps) {
  const styles = useStyles();
  const { t } = useTranslation('groups');
  const facts = useGroupFacts(group);
  const problem = group.link?.problem;
  return (
    <div className={styles.details}>
      <Subtitle1 as="h2" className={styles.name}>
        <bdi>{group.name}</bdi>
      </Subtitle1>
      {group.isProtected && (
        <MessageBar intent="info" layout="multiline">
          <MessageBarBody>{t('panel.protected')}</MessageBarBody>
        </MessageBar>
      )}
      {problem != null && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            {problem.message} {problem.remedy}
          </MessageBarBody>
        </MessageBar>
      )}
      <Facts facts={facts} />
      <Members group={group} members={members} onRemove={onRemove} />
    </div>
  );
}

interface GroupPanelProps {
  readonly id: string;
  readonly onClose: () => void;
  readonly onRemoveMember: (group: Group, member: GroupMember) => void;
}

/** One group beside the list. */
export function GroupPanel({ id, onClose, onRemoveMember }: GroupPanelProps) {
  const { t } = useTranslation('groups');
  const { data: group, error, refetch } = useQuery(queryOf('getGroup', { params: { id } }));
  return (
    <SidePanel label={t('panel.label', { name: group?.name ?? '' })} onClose={onClose}>
      {error !== null && <ProblemMessage error={error} onRetry={() => void refetch()} />}
      {group === undefined && error === null && <Waiting delay={200} />}
      {group !== undefined && (
        <Details group={group} members={group.members} onRemove={(member) => onRemoveMember(group, member)} />
      )}
    </SidePanel>
  );
}
