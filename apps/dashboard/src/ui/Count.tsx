import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  count: {
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    minWidth: '16px',
    height: '16px',
    padding: '0 4px',
    boxSizing: 'border-box',
    borderRadius: '8px',
    fontSize: tokens.fontSizeBase100,
    fontWeight: tokens.fontWeightSemibold,
    color: tokens.colorNeutralForegroundOnBrand,
    backgroundColor: tokens.colorBrandBackground,
  },
  danger: { color: tokens.colorStatusDangerBackground1, backgroundColor: tokens.colorStatusDangerBackground3 },
});

interface CountProps {
  readonly count: number;
  readonly danger?: boolean;
  /** Absent when something beside it says the same. */
  readonly label?: string;
  readonly className?: string;
}

const MOST = 99;

/** A number in a badge. */
export function Count({ count, danger = false, label, className }: CountProps) {
  const styles = useStyles();
  return (
    <span className={mergeClasses(styles.count, danger && styles.danger, className)}>
      <span aria-hidden>{count > MOST ? `${MOST}+` : count}</span>
      {label !== undefined && <span className="isthmus-unseen">{label}</span>}
    </span>
  );
}
