import {
  Checkmark20Regular,
  Delete20Regular,
  Edit20Regular,
  LinkAdd20Regular,
  LinkDismiss20Regular,
  PeopleAdd20Regular,
  PersonAdd20Regular,
} from '@fluentui/react-icons';
import type { Group } from '@isthmus/contracts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../shell/session.ts';
import type { Command } from '../../ui/CommandBar.tsx';
import type { GroupDialogTarget } from './groupDialogs.tsx';

type ObjectKind = 'change' | 'addMembers' | 'link' | 'unlink' | 'approve' | 'remove';

const objectCommands: readonly {
  readonly kind: ObjectKind;
  readonly may: keyof Group['may'];
  readonly icon: ReactElement;
}[] = [
  { kind: 'addMembers', may: 'changeMembers', icon: <PersonAdd20Regular /> },
  { kind: 'change', may: 'change', icon: <Edit20Regular /> },
  { kind: 'link', may: 'link', icon: <LinkAdd20Regular /> },
  { kind: 'unlink', may: 'unlink', icon: <LinkDismiss20Regular /> },
  { kind: 'approve', may: 'approve', icon: <Checkmark20Regular /> },
  { kind: 'remove', may: 'remove', icon: <Delete20Regular /> },
];

const reasonOf = { link: 'link', unlink: 'unlink', approve: 'approve' } as const;

/** Commands of the tab: a new group, and what can be done with the one selected group; the server's `may` decides. */
export function useGroupCommands(
  selected: readonly Group[] | undefined,
  onDialog: (target: GroupDialogTarget) => void,
): readonly Command[] {
  const { t } = useTranslation('groups');
  const mayAdd = useMay('users.write');
  const [group] = selected ?? [];
  const isOne = selected?.length === 1;
  const reasonAgainst = (kind: ObjectKind, may: keyof Group['may']): string | undefined => {
    if (selected !== undefined && selected.length === 0) return t('why.selectFirst');
    if (!isOne || group === undefined) return t('why.onlyOne');
    if (group.may[may]) return undefined;
    return t(`why.${kind in reasonOf ? reasonOf[kind as keyof typeof reasonOf] : 'change'}`);
  };
  return [
    {
      id: 'add',
      label: t('command.add'),
      icon: <PeopleAdd20Regular />,
      primary: true,
      disabledReason: mayAdd ? undefined : t('why.notAllowed'),
      run: () => onDialog({ kind: 'add' }),
    },
    ...objectCommands.map(({ kind, may, icon }) => ({
      id: kind,
      label: t(`command.${kind}`),
      icon,
      disabledReason: reasonAgainst(kind, may),
      run: () => group !== undefined && onDialog({ kind, group }),
    })),
  ];
}
