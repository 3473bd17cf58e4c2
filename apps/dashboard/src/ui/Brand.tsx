import { makeStyles, Text, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  brand: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: tokens.spacingHorizontalS,
    color: tokens.colorNeutralForeground1,
  },
});

/** The mark and the name. */
export function Brand() {
  const styles = useStyles();
  return (
    <span className={styles.brand}>
      <img src="/favicon.svg" alt="" width={24} height={24} />
      <Text weight="semibold" size={400}>
        Isthmus
      </Text>
    </span>
  );
}
