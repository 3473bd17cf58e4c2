import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  circle: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    flexShrink: 0,
    width: '28px',
    height: '28px',
    borderRadius: '50%',
    fontSize: tokens.fontSizeBase200,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForegroundOnBrand,
    backgroundColor: tokens.colorBrandBackground,
    // Drawn, not written: as text it would have to be part of the name of the button around it (WCAG 2.5.3).
    '::before': { content: 'attr(data-letters)' },
  },
});

/** The first letters of the first and the last word of a name. */
export function Initials({ name }: { readonly name: string }) {
  const styles = useStyles();
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('');
  return <span className={styles.circle} aria-hidden data-letters={letters.toLocaleUpperCase()} />;
}
