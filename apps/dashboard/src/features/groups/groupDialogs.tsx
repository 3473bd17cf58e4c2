import {
  Button,
  Combobox,
  Field,
  Input,
  makeStyles,
  Option,
  Radio,
  RadioGroup,
  Select,
  Text,
} from '@fluentui/react-components';
import { Dismiss16Regular } from '@fluentui/react-icons';
import type { Group, GroupMember } from '@isthmus/contracts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queryOf } from '../../shell/api.ts';
import { fitsTyped } from '../../shell/fitsTyped.ts';
import { ProblemMessage } from '../../ui/ProblemMessage.tsx';
import { GroupDialog } from './GroupDialog.tsx';

const useStyles = makeStyles({
  chosen: { listStyleType: 'none', margin: 0, padding: 0, display: 'flex', flexWrap: 'wrap', gap: '4px 12px' },
  select: { minWidth: 0, '& select': { minWidth: 0, width: '100%' } },
});
const OFFERED = 30;

/** What an open dialog is about. */
export type GroupDialogTarget =
  | { readonly kind: 'add' }
  | { readonly kind: 'change'; readonly group: Group }
  | { readonly kind: 'addMembers'; readonly group: Group }
  | { readonly kind: 'link'; readonly group: Group }
  | { readonly kind: 'remove' | 'unlink' | 'approve'; readonly group: Group }
  | { readonly kind: 'removeMember'; readonly group: Group; readonly member: GroupMember };

interface DialogProps<Kind extends GroupDialogTarget['kind']> {
  readonly target: Extract<GroupDialogTarget, { kind: Kind }>;
  readonly onClose: () => void;
}

const queryOfChange = (dryRun: boolean): { dryRun?: 'true' } => (dryRun ? { dryRun: 'true' } : {});

function NameDialog({ target, onClose }: DialogProps<'add' | 'change'>) {
  const { t } = useTranslation('groups');
  const group = 'group' in target ? target.group : undefined;
  const [name, setName] = useState(group?.name ?? '');
  const [description, setDescription] = useState(group?.description ?? '');
  const body = { name: name.trim(), description: description.trim() };
  return (
    <GroupDialog
      title={t(`dialog.${target.kind}.title`, { name: group?.name })}
      explanation={t(`dialog.explain.${target.kind}`)}
      verb={t(`dialog.${target.kind}.verb`)}
      ready={body.name !== ''}
      previewKey={[group?.id, body]}
      call={(dryRun) =>
        group === undefined
          ? api.call('addGroup', { query: queryOfChange(dryRun), body })
          : api.call('changeGroup', { params: { id: group.id }, query: queryOfChange(dryRun), body })
      }
      onClose={onClose}
    >
      <Field label={t('dialog.name')} required>
        <Input autoFocus value={name} maxLength={64} onChange={(_event, data) => setName(data.value)} />
      </Field>
      <Field label={t('dialog.description')}>
        <Input value={description} maxLength={1024} onChange={(_event, data) => setDescription(data.value)} />
      </Field>
    </GroupDialog>
  );
}

function ConfirmDialog({ target, onClose }: DialogProps<'remove' | 'unlink' | 'approve' | 'removeMember'>) {
  const { t } = useTranslation('groups');
  const { group, kind } = target;
  const params = { id: group.id };
  const member = 'member' in target ? target.member : undefined;
  return (
    <GroupDialog
      title={t(`dialog.${kind}.title`, { name: group.name, member: member?.name })}
      explanation={t(`dialog.explain.${kind}`)}
      verb={t(`dialog.${kind}.verb`)}
      ready
      previewKey={[kind, group.id, member?.id]}
      call={async (dryRun) => {
        const query = queryOfChange(dryRun);
        if (kind === 'remove') return api.call('removeGroup', { params, query });
        if (kind === 'unlink') return api.call('unlinkGroup', { params, query });
        if (kind === 'removeMember') {
          return api.call('changeGroupMembers', { params, query, body: { remove: [member?.id ?? ''] } });
        }
        const held = { field: t('fact.people'), before: String(group.link?.held ?? 0), after: null };
        return dryRun ? { changes: [held], warnings: [], group } : api.call('approveHeldGroup', { params });
      }}
      onClose={onClose}
    />
  );
}

interface Choice {
  readonly id: string;
  readonly name: string;
}

function useCandidates(typed: string, groupId: string): readonly Choice[] | undefined {
  const q = typed.trim();
  const query = { ...(q === '' ? {} : { q }), limit: OFFERED };
  const users = useQuery({ ...queryOf('listUsers', { query }), placeholderData: keepPreviousData });
  const groups = useQuery({ ...queryOf('listGroups', { query }), placeholderData: keepPreviousData });
  if (users.data === undefined || groups.data === undefined) return undefined;
  const found = [
    ...users.data.items.map(({ id, displayName, userName }) => ({ id, name: `${displayName} (${userName})` })),
    ...groups.data.items.filter(({ id }) => id !== groupId).map(({ id, name }) => ({ id, name })),
  ];
  const isOlder = users.isPlaceholderData || groups.isPlaceholderData;
  return isOlder ? found.filter(({ name }) => fitsTyped(typed, [name])) : found;
}

function AddMembersDialog({ target: { group }, onClose }: DialogProps<'addMembers'>) {
  const styles = useStyles();
  const { t } = useTranslation('groups');
  const [typed, setTyped] = useState('');
  const [chosen, setChosen] = useState<readonly Choice[]>([]);
  const candidates = useCandidates(typed, group.id);
  const add = chosen.map(({ id }) => id);
  return (
    <GroupDialog
      title={t('dialog.addMembers.title', { name: group.name })}
      explanation={t('dialog.explain.addMembers')}
      verb={t('dialog.addMembers.verb')}
      ready={add.length > 0}
      previewKey={['addMembers', group.id, add]}
      call={(dryRun) =>
        api.call('changeGroupMembers', { params: { id: group.id }, query: queryOfChange(dryRun), body: { add } })
      }
      onClose={onClose}
    >
      <Field label={t('dialog.find')}>
        <Combobox
          value={typed}
          selectedOptions={[]}
          onChange={(event) => setTyped(event.target.value)}
          onOptionSelect={(_event, { optionValue }) => {
            const found = candidates?.find(({ id }) => id === optionValue);
            if (found !== undefined && !add.includes(found.id)) setChosen([...chosen, found]);
            setTyped('');
          }}
        >
          {candidates?.map(({ id, name }) => (
            <Option key={id} value={id} text={name}>
              <bdi>{name}</bdi>
            </Option>
          ))}
          {candidates?.length === 0 && (
            <Option disabled value="" text={t('dialog.nothing')}>
              {t('dialog.nothing')}
            </Option>
          )}
        </Combobox>
      </Field>
      {chosen.length > 0 && (
        <ul className={styles.chosen} aria-label={t('dialog.chosen')}>
          {chosen.map(({ id, name }) => (
            <li key={id}>
              <bdi>{name}</bdi>
              <Button
                size="small"
                appearance="transparent"
                icon={<Dismiss16Regular />}
                aria-label={t('dialog.takeOff', { name })}
                onClick={() => setChosen(chosen.filter((one) => one.id !== id))}
              />
            </li>
          ))}
        </ul>
      )}
    </GroupDialog>
  );
}

function LinkDialog({ target: { group }, onClose }: DialogProps<'link'>) {
  const styles = useStyles();
  const { t } = useTranslation('groups');
  const [isNew, setNew] = useState(true);
  const [name, setName] = useState(group.name);
  const [onlineGroupId, setOnlineGroupId] = useState('');
  const online = useQuery({ ...queryOf('listOnlineGroups', {}), enabled: !isNew });
  const body = isNew ? { name: name.trim() } : { onlineGroupId };
  const unusable = online.data?.items.find(({ id }) => id === onlineGroupId)?.problem;
  return (
    <GroupDialog
      title={t('dialog.link.title', { name: group.name })}
      explanation={t('dialog.explain.link')}
      verb={t('dialog.link.verb')}
      ready={isNew ? body.name !== '' : onlineGroupId !== ''}
      previewKey={['link', group.id, body]}
      call={(dryRun) => api.call('linkGroup', { params: { id: group.id }, query: queryOfChange(dryRun), body })}
      onClose={onClose}
    >
      <RadioGroup value={isNew ? 'new' : 'existing'} onChange={(_event, { value }) => setNew(value === 'new')}>
        <Radio value="new" label={t('dialog.newOne')} />
        <Radio value="existing" label={t('dialog.existing')} />
      </RadioGroup>
      {isNew && (
        <Field label={t('dialog.onlineName')} required>
          <Input value={name} maxLength={256} onChange={(_event, data) => setName(data.value)} />
        </Field>
      )}
      {!isNew && online.isError && <ProblemMessage error={online.error} />}
      {!isNew && (
        <Field label={t('dialog.onlineGroup')} required className={styles.select}>
          <Select value={onlineGroupId} onChange={(_event, { value }) => setOnlineGroupId(value)}>
            <option value="">{t('dialog.choose')}</option>
            {online.data?.items.map((one) => (
              <option key={one.id} value={one.id}>
                {one.problem === null ? one.name : t('dialog.unusable', { name: one.name })}
              </option>
            ))}
          </Select>
        </Field>
      )}
      {unusable != null && <Text size={200}>{unusable.remedy}</Text>}
    </GroupDialog>
  );
}

/** The dialog for a target. */
export function GroupDialogs({
  target,
  onClose,
}: {
  readonly target: GroupDialogTarget;
  readonly onClose: () => void;
}) {
  switch (target.kind) {
    case 'add':
    case 'change':
      return <NameDialog target={target} onClose={onClose} />;
    case 'addMembers':
      return <AddMembersDialog target={target} onClose={onClose} />;
    case 'link':
      return <LinkDialog target={target} onClose={onClose} />;
    default:
      return <ConfirmDialog target={target} onClose={onClose} />;
  }
}
