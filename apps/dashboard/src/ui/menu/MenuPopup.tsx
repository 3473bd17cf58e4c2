import {
  Menu,
  MenuDivider,
  MenuItem,
  MenuItemCheckbox,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  type MenuTriggerChildProps,
} from '@fluentui/react-components';
import { useLayoutEffect } from 'react';
import type { MenuChoices, MenuContent, MenuEntry } from './menuTypes.ts';

const CHOICES = 'choices';

function Entry({ entry }: { readonly entry: MenuEntry }) {
  const disabled = entry.disabledReason !== undefined;
  return (
    <MenuItem
      icon={entry.icon}
      disabled={disabled}
      onClick={entry.run}
      {...(disabled ? { secondaryContent: entry.disabledReason } : {})}
    >
      {entry.label}
    </MenuItem>
  );
}

function Options({ choices }: { readonly choices: MenuChoices }) {
  const Option = choices.kind === 'one' ? MenuItemRadio : MenuItemCheckbox;
  return choices.options.map((option) => (
    <Option key={option.id} name={CHOICES} value={option.id}>
      {option.label}
    </Option>
  ));
}

/** Tells Fluent's menu that a button which is there already opens it: where to stand, and where the focus returns to. */
function Anchor({ trigger, button }: { readonly trigger: MenuTriggerChildProps; readonly button: HTMLElement | null }) {
  const { ref } = trigger;
  useLayoutEffect(() => {
    if (typeof ref === 'function') ref(button as never);
  }, [ref, button]);
  return null;
}

export interface MenuPopupProps extends MenuContent {
  readonly button: HTMLElement | null;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function MenuPopup({ button, open, onOpenChange, heading, entries = [], choices }: MenuPopupProps) {
  const chosen = choices?.options.filter((option) => option.chosen).map((option) => option.id) ?? [];
  return (
    <Menu
      open={open}
      onOpenChange={(_event, data) => onOpenChange(data.open)}
      checkedValues={{ [CHOICES]: chosen }}
      onCheckedValueChange={(_event, { checkedItems }) => {
        const changed =
          choices?.kind === 'one'
            ? checkedItems[0]
            : choices?.options.find((option) => option.chosen !== checkedItems.includes(option.id))?.id;
        if (changed !== undefined) choices?.onChoose(changed);
      }}
    >
      <MenuTrigger disableButtonEnhancement>
        {(trigger: MenuTriggerChildProps) => <Anchor trigger={trigger} button={button} />}
      </MenuTrigger>
      <MenuPopover>
        {heading}
        <MenuList aria-labelledby={button?.id}>
          {heading !== undefined && <MenuDivider />}
          {entries.map((entry) => (
            <Entry key={entry.id} entry={entry} />
          ))}
          {choices !== undefined && <Options choices={choices} />}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
