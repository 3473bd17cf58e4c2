import { makeResetStyles, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { Checkmark12Regular } from '@fluentui/react-icons';
import { useTranslation } from 'react-i18next';
import type { WizardStep } from './wizardTypes.ts';

const useButtonStyles = makeResetStyles({
  display: 'flex',
  alignItems: 'center',
  gap: '10px',
  width: '100%',
  padding: '6px 8px',
  border: 'none',
  borderRadius: tokens.borderRadiusMedium,
  backgroundColor: 'transparent',
  color: tokens.colorNeutralForeground1,
  font: 'inherit',
  fontSize: tokens.fontSizeBase300,
  textAlign: 'start',
  cursor: 'pointer',
  ':hover:not(:disabled)': { backgroundColor: tokens.colorSubtleBackgroundHover },
  ':disabled': { color: tokens.colorNeutralForeground3, cursor: 'default' },
  ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
});

const useStyles = makeStyles({
  list: {
    listStyleType: 'none',
    margin: 0,
    padding: 0,
    display: 'flex',
    flexDirection: 'column',
    gap: '2px',
    '@media (max-width: 599px)': { flexDirection: 'row', flexWrap: 'wrap' },
  },
  label: {
    '@media (max-width: 599px)': {
      position: 'absolute',
      width: '1px',
      height: '1px',
      overflow: 'hidden',
      clipPath: 'inset(50%)',
    },
  },
  labelCurrent: {
    fontWeight: tokens.fontWeightSemibold,
    '@media (max-width: 599px)': { position: 'static', width: 'auto', height: 'auto', clipPath: 'none' },
  },
  number: {
    flexShrink: 0,
    display: 'inline-flex',
    alignItems: 'center',
    justifyContent: 'center',
    width: '24px',
    height: '24px',
    borderRadius: '50%',
    boxSizing: 'border-box',
    border: `1px solid ${tokens.colorNeutralStrokeAccessible}`,
    fontSize: tokens.fontSizeBase200,
  },
  current: {
    border: `1px solid ${tokens.colorBrandBackground}`,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
  },
});

interface WizardStepsProps {
  readonly steps: readonly WizardStep[];
  readonly current: number;
  /** The furthest step that may be gone to. */
  readonly reached: number;
  readonly fixed: boolean;
  readonly onGo: (index: number) => void;
}

/** The steps by name; visited ones can be gone back to, later ones wait. */
export function WizardSteps({ steps, current, reached, fixed, onGo }: WizardStepsProps) {
  const styles = useStyles();
  const button = useButtonStyles();
  const { t } = useTranslation('common');
  return (
    <ol className={styles.list} aria-label={t('wizard.steps')}>
      {steps.map((step, index) => (
        <li key={step.id}>
          <button
            type="button"
            className={button}
            disabled={index > reached || (fixed && index !== current)}
            aria-current={index === current ? 'step' : undefined}
            onClick={() => onGo(index)}
          >
            <span aria-hidden className={mergeClasses(styles.number, index === current && styles.current)}>
              {index < current ? <Checkmark12Regular aria-hidden /> : index + 1}
            </span>
            <span className={mergeClasses(styles.label, index === current && styles.labelCurrent)}>{step.label}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
