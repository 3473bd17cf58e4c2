import { makeStyles, Subtitle2, Text, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  state: {
    flexGrow: 1,
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    justifyContent: 'center',
    gap: tokens.spacingVerticalM,
    padding: '32px 16px',
    textAlign: 'center',
    border: `1px dashed ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    minHeight: '120px',
  },
  text: { maxWidth: '480px', textAlign: 'center', color: tokens.colorNeutralForeground2 },
});

interface EmptyStateProps {
  readonly title: string;
  /** One paragraph, or several. */
  readonly text?: string | readonly string[];
  readonly children?: ReactNode;
}

/** Why there is nothing to see, and the one thing to do about it. */
export function EmptyState({ title, text = [], children }: EmptyStateProps) {
  const styles = useStyles();
  const paragraphs = typeof text === 'string' ? [text] : text;
  return (
    <div className={styles.state}>
      <Subtitle2 as="h2">{title}</Subtitle2>
      {paragraphs.map((paragraph) => (
        <Text key={paragraph} className={styles.text}>
          {paragraph}
        </Text>
      ))}
      {children}
    </div>
  );
}
