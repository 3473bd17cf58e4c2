import type { DialogOpenChangeData, DialogOpenChangeEvent } from '@fluentui/react-components';

/** Closes a dialog by Esc or a button, not by a click beside it: what was typed would be gone. */
export function unlessBackdrop(
  onClose: () => void,
): (event: DialogOpenChangeEvent, data: DialogOpenChangeData) => void {
  return (_event, data) => {
    if (data.type !== 'backdropClick') onClose();
  };
}
