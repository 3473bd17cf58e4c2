import {
  Button,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components';
import type { UserDetails } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';

// In a panel that scrolls, a bar would shrink below its text.
const useStyles = makeStyles({ bar: { flexShrink: 0 } });

interface OffboardingNoteProps {
  readonly user: UserDetails;
  readonly offboarding: NonNullable<UserDetails['offboarding']>;
  readonly onChange: () => void;
}

/** That the person leaves, when both accounts go, and the way to another day; Activate stands below it. */
export function OffboardingNote({ user, offboarding, onChange }: OffboardingNoteProps) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('userPanel');
  const day = (instant: string): string =>
    new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(new Date(instant));
  const { since, by, removeAt } = offboarding;
  return (
    <MessageBar intent="warning" layout="multiline" className={styles.bar}>
      <MessageBarBody>
        <MessageBarTitle>{t('offboarding.title', { day: day(since), by })}</MessageBarTitle>
        {user.state === 'removed'
          ? null
          : removeAt === null
            ? t('offboarding.stays')
            : t('offboarding.goes', { day: day(removeAt) })}
      </MessageBarBody>
      {user.may.offboard && (
        <MessageBarActions>
          <Button onClick={onChange}>{t('offboarding.change')}</Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
