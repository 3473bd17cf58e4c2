import { Button, type ButtonProps, Tooltip, useId } from '@fluentui/react-components';
import { type KeyboardEvent, lazy, type RefObject, Suspense, useCallback, useState } from 'react';
import { fluentRef } from '../fluentRef.ts';
import type { MenuContent } from './menuTypes.ts';

const loadPopup = () => import('./MenuPopup.tsx').then((module) => ({ default: module.MenuPopup }));
const MenuPopup = lazy(loadPopup);

/** Loads what a menu needs to open, so that nobody waits for it later. */
export const preloadMenus = (): void => void loadPopup();

interface MenuButtonProps {
  /** The name of the menu, and of the button where no text stands on it. */
  readonly label: string;
  readonly button: Pick<ButtonProps, 'appearance' | 'className' | 'icon' | 'iconPosition' | 'children'>;
  /** The name also shown on hover and focus. */
  readonly tooltip?: boolean;
  readonly content: MenuContent;
  readonly ref?: RefObject<HTMLButtonElement | null>;
}

/**
 * A button with a menu. The menu itself, a tenth of the first load with its positioning and its keys, is loaded when
 * somebody comes near the button.
 */
export function MenuButton({ label, button, tooltip = false, content, ref }: MenuButtonProps) {
  const id = useId();
  const [element, setElement] = useState<HTMLButtonElement | null>(null);
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  const attach = useCallback(
    (button: HTMLButtonElement | null) => {
      if (ref !== undefined) ref.current = button;
      setElement(button);
    },
    [ref],
  );
  const change = (next: boolean): void => {
    if (next) setWanted(true);
    setOpen(next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') change(true);
    else if (event.key === 'Escape' && open) change(false);
    else return;
    event.preventDefault();
  };
  const trigger = (
    <Button
      {...button}
      id={id}
      ref={fluentRef(attach)}
      {...(tooltip ? {} : { 'aria-label': label })}
      aria-haspopup="menu"
      aria-expanded={open || undefined}
      onClick={() => change(!open)}
      onKeyDown={onKeyDown}
      onPointerEnter={preloadMenus}
      onFocus={preloadMenus}
    />
  );
  return (
    <>
      {tooltip ? (
        <Tooltip content={label} relationship="label">
          {trigger}
        </Tooltip>
      ) : (
        trigger
      )}
      {wanted && (
        <Suspense fallback={null}>
          <MenuPopup {...content} button={element} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
