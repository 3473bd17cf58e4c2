import { makeStyles, mergeClasses, Title2, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect } from 'react';

const useStyles = makeStyles({
  page: {
    flexGrow: 1,
    minHeight: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalM,
    padding: '20px 24px 24px',
    boxSizing: 'border-box',
    overflowY: 'auto',
    '@media (max-width: 599px)': { padding: '12px 12px 16px' },
  },
  title: { flexShrink: 0 },
  scrolls: { display: 'block', '& > * + *': { marginBlockStart: tokens.spacingVerticalL } },
});

interface PageProps {
  readonly title: string;
  readonly children: ReactNode;
  /** A page with a grid fills the screen and lets the grid scroll; others scroll as a whole. */
  readonly fills?: boolean;
}

export function Page({ title, children, fills = false }: PageProps) {
  const styles = useStyles();
  useEffect(() => {
    document.title = `${title} · Isthmus`;
  }, [title]);
  return (
    <div className={mergeClasses(styles.page, !fills && styles.scrolls)}>
      <Title2 as="h1" block className={styles.title}>
        {title}
      </Title2>
      {children}
    </div>
  );
}
