import {
  Button,
  Menu,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Overflow,
  OverflowItem,
  Tooltip,
  tokens,
  useArrowNavigationGroup,
  useIsOverflowItemVisible,
  useOverflowMenu,
} from '@fluentui/react-components';
import { MoreHorizontal20Regular } from '@fluentui/react-icons';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { fluentRef } from './fluentRef.ts';

export interface Command {
  readonly id: string;
  readonly label: string;
  readonly icon: ReactElement;
  readonly primary?: boolean;
  /** Why it cannot be used now; the command stays focusable and says so. */
  readonly disabledReason?: string | undefined;
  run(): void;
}

const useStyles = makeStyles({
  bar: {
    display: 'flex',
    alignItems: 'center',
    gap: '4px',
    minWidth: 0,
    flexShrink: 0,
    overflow: 'hidden',
    padding: '2px',
  },
  command: { flexShrink: 0, whiteSpace: 'nowrap', fontWeight: tokens.fontWeightRegular },
});

function CommandButton({ command }: { readonly command: Command }) {
  const styles = useStyles();
  const disabled = command.disabledReason !== undefined;
  const button = (
    <Button
      className={styles.command}
      appearance={command.primary === true ? 'primary' : 'subtle'}
      icon={command.icon}
      disabledFocusable={disabled}
      onClick={command.run}
    >
      {command.label}
    </Button>
  );
  if (!disabled) return button;
  return (
    <Tooltip content={command.disabledReason} relationship="description">
      {button}
    </Tooltip>
  );
}

function HiddenCommand({ command }: { readonly command: Command }) {
  const visible = useIsOverflowItemVisible(command.id);
  if (visible) return null;
  const disabled = command.disabledReason !== undefined;
  return (
    <MenuItem
      icon={command.icon}
      disabled={disabled}
      onClick={command.run}
      {...(disabled ? { secondaryContent: command.disabledReason } : {})}
    >
      {command.label}
    </MenuItem>
  );
}

function MoreCommands({ commands }: { readonly commands: readonly Command[] }) {
  const { t } = useTranslation('common');
  const { ref, isOverflowing } = useOverflowMenu<HTMLButtonElement>();
  if (!isOverflowing) return null;
  return (
    <Menu>
      <MenuTrigger disableButtonEnhancement>
        <Button
          ref={fluentRef(ref)}
          appearance="subtle"
          aria-label={t('moreCommands')}
          icon={<MoreHorizontal20Regular />}
        />
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {commands.map((command) => (
            <HiddenCommand key={command.id} command={command} />
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

/** Commands in one line; what does not fit moves into a menu. */
export function CommandBar({ label, commands }: { readonly label: string; readonly commands: readonly Command[] }) {
  const styles = useStyles();
  const arrows = useArrowNavigationGroup({ axis: 'horizontal' });
  return (
    <Overflow padding={8} minimumVisible={1}>
      <div role="toolbar" aria-label={label} className={styles.bar} {...arrows}>
        {commands.map((command) => (
          <OverflowItem key={command.id} id={command.id} priority={command.primary === true ? 1 : 0}>
            <span>
              <CommandButton command={command} />
            </span>
          </OverflowItem>
        ))}
        <MoreCommands commands={commands} />
      </div>
    </Overflow>
  );
}
