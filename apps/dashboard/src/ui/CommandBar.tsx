import {
  Button,
  makeStyles,
  Overflow,
  OverflowItem,
  Tooltip,
  tokens,
  useOverflowMenu,
  useOverflowVisibility,
} from '@fluentui/react-components';
import { MoreHorizontal20Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import { MenuButton } from './menu/MenuButton.tsx';
import type { MenuEntry } from './menu/menuTypes.ts';
import { useToolbarKeys } from './useToolbarKeys.ts';

export interface Command extends MenuEntry {
  readonly primary?: boolean;
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
  // A disabled command stays focusable and says why.
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

function MoreCommands({ commands }: { readonly commands: readonly Command[] }) {
  const { t } = useTranslation('common');
  const { ref, isOverflowing } = useOverflowMenu<HTMLButtonElement>();
  const { itemVisibility } = useOverflowVisibility();
  if (!isOverflowing) return null;
  return (
    <MenuButton
      ref={ref}
      label={t('moreCommands')}
      button={{ appearance: 'subtle', icon: <MoreHorizontal20Regular /> }}
      content={{ entries: commands.filter((command) => itemVisibility[command.id] === false) }}
    />
  );
}

/** Commands in one line; what does not fit moves into a menu. */
export function CommandBar({ label, commands }: { readonly label: string; readonly commands: readonly Command[] }) {
  const styles = useStyles();
  const keys = useToolbarKeys();
  return (
    <Overflow padding={8} minimumVisible={1}>
      <div role="toolbar" aria-label={label} className={styles.bar} {...keys}>
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
