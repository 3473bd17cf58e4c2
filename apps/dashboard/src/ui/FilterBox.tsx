import { makeStyles, SearchBox } from '@fluentui/react-components';
import { useEffect, useRef, useState } from 'react';
import { useAppearance } from '../shell/appearance.tsx';
import { fluentRef } from './fluentRef.ts';

const useStyles = makeStyles({ box: { width: '280px', maxWidth: '100%', flexShrink: 1, minWidth: '120px' } });
const PAUSE_MS = 80;

interface FilterBoxProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Filters while typing. Ctrl+E (and `/`, when single keys are on) comes here, Esc clears. */
export function FilterBox({ label, value, onChange }: FilterBoxProps) {
  const styles = useStyles();
  const input = useRef<HTMLInputElement>(null);
  const { singleKeys } = useAppearance();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const slash = event.key === '/' && singleKeys === 'all' && !(event.target instanceof HTMLInputElement);
      if (!slash && !(event.ctrlKey && event.key.toLowerCase() === 'e')) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [singleKeys]);
  useEffect(() => {
    if (typed === known) return;
    const timer = setTimeout(() => {
      setKnown(typed);
      onChange(typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, known, onChange]);
  return (
    <SearchBox
      ref={fluentRef(input)}
      className={styles.box}
      aria-label={label}
      aria-keyshortcuts="Control+E"
      placeholder={label}
      value={typed}
      maxLength={200}
      onChange={(_event, data) => setTyped(data.value)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || typed === '') return;
        event.preventDefault();
        event.stopPropagation();
        setTyped('');
      }}
    />
  );
}
