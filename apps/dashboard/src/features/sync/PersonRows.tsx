import { makeStyles, tokens } from '@fluentui/react-components';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useLinkStyles } from '../../ui/useLinkStyles.ts';

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: 0, padding: 0 },
  person: {
    padding: '10px 0',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
    overflowWrap: 'anywhere',
    ':first-child': { borderTopStyle: 'none' },
  },
});

export interface PersonRow {
  readonly key: string;
  readonly userId: string | null;
  readonly name: string;
  readonly content: ReactNode;
}

/** People with something about each of them. */
export function PersonRows({ rows }: { readonly rows: readonly PersonRow[] }) {
  const styles = useStyles();
  const link = useLinkStyles();
  return (
    <ul className={styles.list}>
      {rows.map(({ key, userId, name, content }) => (
        <li key={key} className={styles.person}>
          {userId === null ? (
            <bdi>{name}</bdi>
          ) : (
            <Link className={link} to="/users" search={{ open: userId, tab: 'online-account' }}>
              <bdi>{name}</bdi>
            </Link>
          )}
          {content}
        </li>
      ))}
    </ul>
  );
}
