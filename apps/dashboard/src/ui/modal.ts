import { Dialog, OverlayDrawer, useFocusFinders } from '@fluentui/react-components';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

/**
 * Fluent's manager of the focus goes with the last component that uses it. If that were a modal dialog, the page behind
 * it would stay hidden from screen readers. So from the first dialog on there is one user of it that never goes.
 */
function Remaining(): null {
  useFocusFinders();
  return null;
}
createRoot(document.createElement('div')).render(createElement(Remaining));

export { Dialog, OverlayDrawer };
