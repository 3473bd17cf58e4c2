import {
  ArrowDownload20Regular,
  ArrowUndo20Regular,
  Certificate20Regular,
  CloudAdd20Regular,
  CloudCheckmark20Regular,
  CloudDismiss20Regular,
  CloudOff20Regular,
  Delete20Regular,
  Key20Regular,
  LinkDismiss20Regular,
  LockClosed20Regular,
  LockOpen20Regular,
  PeopleAdd20Regular,
  PersonAdd20Regular,
  PersonArrowRight20Regular,
  PersonAvailable20Regular,
  PersonDelete20Regular,
  PersonProhibited20Regular,
  Rename20Regular,
} from '@fluentui/react-icons';
import type { User } from '@isthmus/contracts';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../shell/session.ts';
import type { Command } from '../../ui/CommandBar.tsx';
import type { GridSelection } from '../../ui/data-grid/gridTypes.ts';
import type { UserDialogKind } from './dialogs/userDialogKinds.ts';
import { useUsersSearch } from './useUsersSearch.ts';

interface ObjectCommand {
  readonly kind: UserDialogKind;
  readonly may: keyof User['may'];
  readonly icon: ReactElement;
  readonly single?: boolean;
}

const objectCommands: readonly ObjectCommand[] = [
  { kind: 'resetPassword', may: 'resetPassword', icon: <Key20Regular />, single: true },
  { kind: 'deactivate', may: 'deactivate', icon: <PersonProhibited20Regular /> },
  { kind: 'activate', may: 'activate', icon: <PersonAvailable20Regular /> },
  { kind: 'lock', may: 'lock', icon: <LockClosed20Regular /> },
  { kind: 'allowOnline', may: 'allowOnline', icon: <CloudCheckmark20Regular /> },
  { kind: 'blockOnline', may: 'blockOnline', icon: <CloudDismiss20Regular /> },
  { kind: 'changeLicenses', may: 'changeLicenses', icon: <Certificate20Regular /> },
  { kind: 'changeNames', may: 'changeNames', icon: <Rename20Regular /> },
  { kind: 'unassign', may: 'unassign', icon: <CloudOff20Regular /> },
  { kind: 'unlink', may: 'unlink', icon: <LinkDismiss20Regular /> },
  { kind: 'removeOnline', may: 'removeOnline', icon: <Delete20Regular /> },
  { kind: 'unlock', may: 'unlock', icon: <LockOpen20Regular />, single: true },
  { kind: 'restore', may: 'restore', icon: <ArrowUndo20Regular />, single: true },
  { kind: 'offboard', may: 'offboard', icon: <PersonArrowRight20Regular /> },
  { kind: 'remove', may: 'remove', icon: <PersonDelete20Regular /> },
];

interface UserCommandsOptions {
  readonly selection: GridSelection<User>;
  readonly onDialog: (kind: UserDialogKind) => void;
  readonly onExport: () => void;
}

/** Commands of the Users page: for everybody first, then for the selected people; the server's `may` decides. */
export function useUserCommands({ selection, onDialog, onExport }: UserCommandsOptions): readonly Command[] {
  const { t } = useTranslation('users');
  const navigate = useNavigate();
  const { permissions } = useSession();
  const { view } = useUsersSearch();
  const people = selection.kind === 'some' ? [...selection.rows.values()] : undefined;

  const reasonAgainst = ({ kind, may, single }: ObjectCommand): string | undefined => {
    if (people === undefined) return single === true ? t('why.onlyOne') : undefined;
    if (people.length === 0) return t('why.selectFirst');
    if (single === true && people.length > 1) return t('why.onlyOne');
    return people.some((user) => user.may[may]) ? undefined : t(`why.${kind}`);
  };
  const go = (to: '/users/add' | '/users/add-online-accounts' | '/users/import') => () =>
    void navigate({ to, search: view });
  return [
    {
      id: 'add',
      label: t('command.add'),
      icon: <PersonAdd20Regular />,
      primary: true,
      disabledReason: permissions.includes('users.write') ? undefined : t('why.notAllowed'),
      run: go('/users/add'),
    },
    {
      id: 'add-online',
      label: t('command.addOnline'),
      icon: <CloudAdd20Regular />,
      disabledReason: permissions.includes('online-accounts.write') ? undefined : t('why.notAllowed'),
      run: go('/users/add-online-accounts'),
    },
    {
      id: 'import',
      label: t('command.import'),
      icon: <PeopleAdd20Regular />,
      disabledReason: permissions.includes('users.write') ? undefined : t('why.notAllowed'),
      run: go('/users/import'),
    },
    ...objectCommands.map((command) => ({
      id: command.kind,
      label: t(`command.${command.kind}`),
      icon: command.icon,
      disabledReason: reasonAgainst(command),
      run: () => onDialog(command.kind),
    })),
    { id: 'export', label: t('command.export'), icon: <ArrowDownload20Regular />, run: onExport },
  ];
}
