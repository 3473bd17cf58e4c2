import {
  ArrowDownload20Regular,
  ArrowUndo20Regular,
  Certificate20Regular,
  CloudCheckmark20Regular,
  CloudDismiss20Regular,
  CloudOff20Regular,
  Delete20Regular,
  LinkAdd20Regular,
  LinkDismiss20Regular,
  PeopleAdd20Regular,
  PeopleLink20Regular,
  Rename20Regular,
} from '@fluentui/react-icons';
import type { OnlineAccount } from '@isthmus/contracts';
import { useNavigate } from '@tanstack/react-router';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../shell/session.ts';
import type { Command } from '../../ui/CommandBar.tsx';
import type { GridSelection } from '../../ui/data-grid/gridTypes.ts';

/** What is done with accounts, or with the people who have them; the dialogs are those of the Users page. */
export type AccountCommand =
  | 'changeLicenses'
  | 'changeNames'
  | 'allowOnline'
  | 'blockOnline'
  | 'unassign'
  | 'unlink'
  | 'removeOnline'
  | 'restore';

const accountCommands: readonly {
  readonly kind: AccountCommand;
  readonly icon: ReactElement;
  readonly single?: true;
}[] = [
  { kind: 'changeLicenses', icon: <Certificate20Regular /> },
  { kind: 'changeNames', icon: <Rename20Regular /> },
  { kind: 'allowOnline', icon: <CloudCheckmark20Regular /> },
  { kind: 'blockOnline', icon: <CloudDismiss20Regular /> },
  { kind: 'unassign', icon: <CloudOff20Regular /> },
  { kind: 'unlink', icon: <LinkDismiss20Regular /> },
  { kind: 'removeOnline', icon: <Delete20Regular /> },
  { kind: 'restore', icon: <ArrowUndo20Regular />, single: true },
];

/** What the address of the wizard takes. */
const MOST_PRESELECTED = 100;

interface OnlineAccountCommandsOptions {
  readonly selection: GridSelection<OnlineAccount>;
  readonly onAssign: (account: OnlineAccount) => void;
  readonly onMatch: () => void;
  readonly onExport: () => void;
  readonly onCommand: (kind: AccountCommand, accounts: readonly OnlineAccount[]) => void;
}

/** Commands for the selected accounts; the server's `may` decides, and a command that cannot be used says why. */
export function useOnlineAccountCommands(options: OnlineAccountCommandsOptions): readonly Command[] {
  const { selection, onAssign, onMatch, onExport, onCommand } = options;
  const { t } = useTranslation(['onlineAccounts', 'users']);
  const permitted = useMay('online-accounts.write');
  const mayImport = useMay('users.write');
  const navigate = useNavigate();
  const accounts = selection.kind === 'some' ? [...selection.rows.values()] : undefined;
  const reasonAgainst = (single: boolean): string | undefined => {
    if (!permitted) return t('list.why.notAllowed');
    if (accounts === undefined) return t('list.why.tooMany');
    if (accounts.length === 0) return t('list.why.selectFirst');
    return single && accounts.length > 1 ? t('list.why.onlyOne') : undefined;
  };
  const allowed = (may: keyof OnlineAccount['may']) => (accounts ?? []).filter((account) => account.may[may]);
  const [assignable] = allowed('assign');
  return [
    {
      id: 'assign',
      label: t('list.command.assign'),
      icon: <LinkAdd20Regular />,
      primary: true,
      disabledReason: reasonAgainst(true) ?? (assignable === undefined ? t('list.why.assign') : undefined),
      run: () => assignable !== undefined && onAssign(assignable),
    },
    {
      id: 'match',
      label: t('list.command.match'),
      icon: <PeopleLink20Regular />,
      disabledReason: permitted ? undefined : t('list.why.notAllowed'),
      run: onMatch,
    },
    {
      id: 'import',
      label: t('users:command.import'),
      icon: <PeopleAdd20Regular />,
      disabledReason: mayImport ? undefined : t('list.why.notAllowed'),
      run: () => {
        const chosen = (accounts ?? []).filter(({ user }) => user === null).slice(0, MOST_PRESELECTED);
        const only = chosen.map(({ id }) => id).join(',');
        void navigate({ to: '/users/import', search: { source: 'online', ...(only === '' ? {} : { only }) } });
      },
    },
    ...accountCommands.map(({ kind, icon, single }) => ({
      id: kind,
      label: kind === 'restore' ? t('list.command.restore') : t(`users:command.${kind}`),
      icon,
      disabledReason: reasonAgainst(single === true) ?? (allowed(kind).length > 0 ? undefined : t(`list.why.${kind}`)),
      run: () => onCommand(kind, allowed(kind)),
    })),
    { id: 'export', label: t('users:command.export'), icon: <ArrowDownload20Regular />, run: onExport },
  ];
}
