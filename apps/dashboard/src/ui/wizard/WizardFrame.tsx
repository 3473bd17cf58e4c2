import { Button, makeStyles, mergeClasses, Title3, tokens, typographyStyles } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useVoice } from '../../shell/liveRegions.tsx';
import { BusyIcon } from '../BusyIcon.tsx';
import { WizardSteps } from './WizardSteps.tsx';
import type { WizardProps } from './wizardTypes.ts';

const useStyles = makeStyles({
  frame: {
    display: 'grid',
    gridTemplateColumns: '190px minmax(0, 1fr)',
    gridTemplateRows: 'auto minmax(0, 1fr) auto',
    gap: '16px 24px',
    minHeight: 0,
    height: '100%',
    '@media (max-width: 599px)': {
      gridTemplateColumns: 'minmax(0, 1fr)',
      gridTemplateRows: 'auto auto minmax(0, 1fr) auto',
      gap: '10px',
    },
  },
  frameOfResult: {
    gridTemplateColumns: 'minmax(0, 1fr)',
    '@media (max-width: 599px)': { gridTemplateRows: 'auto minmax(0, 1fr) auto' },
  },
  button: { '@media (max-width: 599px)': { minWidth: 'auto' } },
  title: { gridColumnStart: 1, gridColumnEnd: -1 },
  content: {
    minHeight: 0,
    minWidth: 0,
    overflowY: 'auto',
    display: 'flex',
    flexDirection: 'column',
    gap: '14px',
    padding: '2px',
  },
  heading: { ...typographyStyles.subtitle1, outlineStyle: 'none' },
  footer: {
    gridColumnStart: 1,
    gridColumnEnd: -1,
    display: 'flex',
    flexWrap: 'wrap',
    justifyContent: 'end',
    gap: '8px',
    paddingBlockStart: '12px',
    borderTop: `1px solid ${tokens.colorNeutralStroke3}`,
  },
  start: { marginInlineEnd: 'auto' },
  whole: { gridColumnStart: 1, gridColumnEnd: -1 },
});

/** Moves between the steps: Back never loses anything, Next checks its step and shows what is wrong. */
function useSteps({ steps, onFinish }: Pick<WizardProps, 'steps' | 'onFinish'>) {
  const { announce } = useVoice();
  const { t } = useTranslation('common');
  const [current, setCurrent] = useState(0);
  const [reached, setReached] = useState(0);
  const [checking, setChecking] = useState(false);
  const content = useRef<HTMLElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);

  useEffect(() => {
    // The dialog would put the focus on its first button; people want to read or to type.
    const timer = setTimeout(() => {
      const typing = document.activeElement instanceof HTMLInputElement;
      if (!typing || content.current?.contains(document.activeElement) !== true) heading.current?.focus();
    });
    return () => clearTimeout(timer);
  }, []);
  useEffect(() => {
    if (!moved.current) return;
    moved.current = false;
    if (content.current !== null) content.current.scrollTop = 0;
    heading.current?.focus();
    const step = steps[current];
    if (step !== undefined) announce(t('wizard.step', { number: current + 1, total: steps.length, name: step.label }));
  }, [announce, current, steps, t]);
  const go = (index: number): void => {
    moved.current = index !== current;
    setCurrent(index);
    setReached(Math.max(reached, index));
  };
  const next = async (): Promise<void> => {
    setChecking(true);
    const valid = (await steps[current]?.validate?.()) ?? true;
    setChecking(false);
    if (!valid) {
      // The message of the field is drawn first, so that it is read together with the field.
      requestAnimationFrame(() => content.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    } else if (current === steps.length - 1) onFinish();
    else go(current + 1);
  };
  return { current, reached, checking, content, heading, go, next };
}

export function WizardFrame(props: WizardProps & { readonly onAskClose: () => void }) {
  const { title, steps, finishLabel, busy = false, result, fixed = false, onAskClose, onClose, closeLabel } = props;
  const styles = useStyles();
  const { t } = useTranslation('common');
  const { current, reached, checking, content, heading, go, next } = useSteps(props);
  const step = steps[Math.min(current, steps.length - 1)];
  const isLast = current === steps.length - 1;
  const waiting = busy || checking;
  if (step === undefined) return null;
  return (
    <div className={mergeClasses(styles.frame, result !== undefined && styles.frameOfResult)}>
      <Title3 as="h2" className={styles.title}>
        {title}
      </Title3>
      {result === undefined && (
        <WizardSteps steps={steps} current={current} reached={reached} fixed={fixed || busy} onGo={go} />
      )}
      <section
        ref={content}
        aria-label={title}
        className={mergeClasses(styles.content, result !== undefined && styles.whole)}
      >
        {result === undefined ? (
          <>
            <h3 tabIndex={-1} ref={heading} className={styles.heading}>
              {step.label}
            </h3>
            {step.content}
          </>
        ) : (
          result
        )}
      </section>
      <div className={styles.footer}>
        {result !== undefined && (
          <Button appearance="primary" onClick={onClose} autoFocus>
            {closeLabel ?? t('close')}
          </Button>
        )}
        {result === undefined && (
          <>
            <Button
              className={mergeClasses(styles.start, styles.button)}
              disabled={current === 0 || fixed || busy}
              onClick={() => go(current - 1)}
            >
              {t('wizard.back')}
            </Button>
            <Button
              appearance="primary"
              disabledFocusable={waiting || step.blocked === true}
              icon={waiting ? <BusyIcon /> : null}
              onClick={() => void next()}
            >
              {isLast ? finishLabel : t('wizard.next')}
            </Button>
            <Button className={styles.button} onClick={onAskClose}>
              {t('cancel')}
            </Button>
          </>
        )}
      </div>
    </div>
  );
}
