import { Button, Input, makeStyles } from '@fluentui/react-components';
import { Edit16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, useState } from 'react';

const useStyles = makeStyles({
  input: { width: '100%', minWidth: 0 },
  shown: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '4px', minWidth: 0 },
  text: { overflow: 'hidden', textOverflow: 'ellipsis' },
});

interface EditableCellProps {
  readonly value: string;
  /** What the field is called while it is edited: `Address of Ada Lovelace`. */
  readonly label: string;
  /** What the button before that is called: `Edit the address of Ada Lovelace`. */
  readonly editLabel: string;
  readonly invalid: boolean;
  readonly editing: boolean;
  readonly onEdit: () => void;
  /** Undefined = left as it was. */
  readonly onDone: (value: string | undefined) => void;
}

/** A value that becomes a field by Enter, F2 or a click; Enter keeps, Esc leaves it as it was. */
export function EditableCell({ value, label, editLabel, invalid, editing, onEdit, onDone }: EditableCellProps) {
  const styles = useStyles();
  const [typed, setTyped] = useState(value);
  if (!editing) {
    return (
      <span className={styles.shown}>
        <span className={styles.text} title={value}>
          {value}
        </span>
        <Button
          size="small"
          appearance="transparent"
          tabIndex={-1}
          icon={<Edit16Regular />}
          aria-label={editLabel}
          onClick={onEdit}
        />
      </span>
    );
  }
  const leave = (event: KeyboardEvent<HTMLInputElement>, next: string | undefined): void => {
    event.preventDefault();
    event.stopPropagation();
    const cell = event.currentTarget.closest<HTMLElement>('[role=gridcell]');
    onDone(next);
    cell?.focus();
  };
  return (
    <Input
      className={styles.input}
      autoFocus
      value={typed}
      spellCheck={false}
      autoComplete="off"
      aria-label={label}
      aria-invalid={invalid}
      onChange={(_event, data) => setTyped(data.value)}
      onBlur={() => onDone(typed)}
      onClick={(event) => event.stopPropagation()}
      onKeyDown={(event: KeyboardEvent<HTMLInputElement>) => {
        if (event.key === 'Enter') leave(event, typed);
        else if (event.key === 'Escape') leave(event, undefined);
      }}
    />
  );
}
