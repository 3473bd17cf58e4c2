import { Button, makeStyles, Tooltip, tokens } from '@fluentui/react-components';
import { Dismiss20Regular } from '@fluentui/react-icons';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useIsNarrow } from './useMediaQuery.ts';

const useStyles = makeStyles({
  frame: {
    flexGrow: 1,
    minHeight: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridTemplateRows: 'minmax(0, 1fr)',
  },
  frameOpen: {
    flexGrow: 1,
    minHeight: 0,
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr) minmax(360px, 460px)',
    gridTemplateRows: 'minmax(0, 1fr)',
    '@media (max-width: 899px)': { gridTemplateColumns: 'minmax(0, 1fr)' },
  },
  panel: {
    position: 'relative',
    display: 'flex',
    flexDirection: 'column',
    gap: '14px',
    padding: '20px',
    minHeight: 0,
    minWidth: 0,
    boxSizing: 'border-box',
    overflowY: 'auto',
    outlineStyle: 'none',
    backgroundColor: tokens.colorNeutralBackground1,
    borderInlineStartWidth: '1px',
    borderInlineStartStyle: 'solid',
    borderInlineStartColor: tokens.colorNeutralStroke2,
    '@media (max-width: 899px)': { position: 'fixed', inset: '48px 0 0 0', zIndex: 10, padding: '12px' },
  },
  close: { alignSelf: 'end', marginBlockEnd: '-8px', flexShrink: 0 },
});

interface SidePanelProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Details beside a list; on narrow screens in place of it. Esc closes and gives the focus back. */
export function SidePanel({ label, onClose, children }: SidePanelProps) {
  const styles = useStyles();
  const { t } = useTranslation('common');
  const narrow = useIsNarrow();
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const cameFrom = document.activeElement;
    if (narrow) panel.current?.focus();
    return () => {
      if (cameFrom instanceof HTMLElement) cameFrom.focus();
    };
  }, [narrow]);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const elsewhere = document.querySelector('[aria-modal="true"]') !== null || event.defaultPrevented;
      if (event.key === 'Escape' && !elsewhere) onClose();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [onClose]);
  return (
    <aside ref={panel} tabIndex={-1} aria-label={label} className={styles.panel}>
      <Tooltip content={t('closeDetails')} relationship="label">
        <Button className={styles.close} appearance="subtle" icon={<Dismiss20Regular />} onClick={onClose} />
      </Tooltip>
      {children}
    </aside>
  );
}

function Frame({ open, children }: { readonly open: boolean; readonly children: ReactNode }) {
  const styles = useStyles();
  return <div className={open ? styles.frameOpen : styles.frame}>{children}</div>;
}

SidePanel.Frame = Frame;
