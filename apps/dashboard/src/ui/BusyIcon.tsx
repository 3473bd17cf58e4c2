import { Spinner } from '@fluentui/react-components';

/** In the place of a button's icon while its work is under way; the button itself says what that is. */
export function BusyIcon() {
  return <Spinner size="tiny" aria-hidden />;
}
