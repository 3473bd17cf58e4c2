import {
  Button,
  Caption1,
  MessageBar,
  MessageBarActions,
  MessageBarBody,
  MessageBarTitle,
  makeStyles,
} from '@fluentui/react-components';
import { ApiError } from '@isthmus/api-client';
import { useTranslation } from 'react-i18next';

const useStyles = makeStyles({ bar: { flexShrink: 0 } });

interface ProblemMessageProps {
  readonly error: unknown;
  readonly title?: string;
  readonly onRetry?: () => void;
}

/** An error in the words of the server: what happened, what to do, and the codes to search a log for in small print. */
export function ProblemMessage({ error, title, onRetry }: ProblemMessageProps) {
  const styles = useStyles();
  const { t } = useTranslation('common');
  const problem = error instanceof ApiError ? error.problem : undefined;
  const reference = [problem?.code, problem?.requestId].filter((part) => part !== undefined && part !== '').join(' · ');
  return (
    <MessageBar intent="error" layout="multiline" role="alert" className={styles.bar}>
      <MessageBarBody>
        {title !== undefined && <MessageBarTitle>{title}</MessageBarTitle>}
        {problem?.detail ?? t('problem.unexpected')} {problem?.remedy}
        {reference !== '' && <Caption1 block>{reference}</Caption1>}
      </MessageBarBody>
      {onRetry !== undefined && (
        <MessageBarActions>
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
