import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import {
  CheckmarkCircle16Regular,
  Circle16Regular,
  Clock16Regular,
  DismissCircle16Regular,
  ErrorCircle16Regular,
  Info16Regular,
  QuestionCircle16Regular,
  Warning16Regular,
} from '@fluentui/react-icons';
import type { ReactNode } from 'react';

export type Tone = 'success' | 'warning' | 'danger' | 'informative' | 'waiting' | 'neutral' | 'unknown' | 'severe';

const icons = {
  success: CheckmarkCircle16Regular,
  warning: Warning16Regular,
  danger: DismissCircle16Regular,
  severe: ErrorCircle16Regular,
  informative: Info16Regular,
  waiting: Clock16Regular,
  neutral: Circle16Regular,
  unknown: QuestionCircle16Regular,
} as const;

const useStyles = makeStyles({
  label: {
    display: 'inline-flex',
    verticalAlign: 'middle',
    alignItems: 'center',
    gap: '6px',
    minWidth: 0,
    maxWidth: '100%',
    color: tokens.colorNeutralForeground1,
  },
  icon: { flexShrink: 0 },
  text: { overflow: 'hidden', textOverflow: 'ellipsis' },
  success: { color: tokens.colorStatusSuccessForeground1 },
  warning: { color: tokens.colorStatusWarningForeground1 },
  danger: { color: tokens.colorStatusDangerForeground1 },
  severe: { color: tokens.colorStatusDangerForeground1 },
  informative: { color: tokens.colorBrandForeground1 },
  waiting: { color: tokens.colorBrandForeground1 },
  neutral: { color: tokens.colorNeutralForeground3 },
  unknown: { color: tokens.colorNeutralForeground3 },
});

/** A state as icon, word and color together: none of the three stands alone. */
export function StateLabel({ tone, children }: { readonly tone: Tone; readonly children: ReactNode }) {
  const styles = useStyles();
  const Icon = icons[tone];
  return (
    <span className={styles.label}>
      <Icon className={mergeClasses(styles.icon, styles[tone])} aria-hidden />
      <span className={styles.text}>{children}</span>
    </span>
  );
}
