import { Button, Input, makeStyles } from '@fluentui/react-components';
import { Edit16Regular } from '@fluentui/react-icons';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { BulkRow } from './bulkAccounts.ts';

const useStyles = makeStyles({
  input: { width: '100%', minWidth: 0 },
  shown: { display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: '4px', minWidth: 0 },
  text: { overflow: 'hidden', textOverflow: 'ellipsis' },
});

interface AddressCellProps {
  readonly row: BulkRow;
  readonly editing: boolean;
  readonly onEdit: () => void;
  /** Undefined = left as it was. */
  readonly onDone: (address: string | undefined) => void;
}

/** An address that becomes a field by Enter, F2 or a click; Enter keeps, Esc leaves it as it was. */
export function AddressCell({ row, editing, onEdit, onDone }: AddressCellProps) {
  const styles = useStyles();
  const { t } = useTranslation('onlineAccounts');
  const [typed, setTyped] = useState(row.address);
  if (!editing) {
    return (
      <span className={styles.shown}>
        <span className={styles.text} title={row.address}>
          {row.address}
        </span>
        <Button
          size="small"
          appearance="transparent"
          tabIndex={-1}
          icon={<Edit16Regular />}
          aria-label={t('accounts.edit', { name: row.proposal.displayName })}
          onClick={onEdit}
        />
      </span>
    );
  }
  const leave = (event: KeyboardEvent<HTMLInputElement>, address: string | undefined): void => {
    event.preventDefault();
    event.stopPropagation();
    const cell = event.currentTarget.closest<HTMLElement>('[role=gridcell]');
    onDone(address);
    cell?.focus();
  };
  return (
    <Input
      className={styles.input}
      autoFocus
      value={typed}
      spellCheck={false}
      autoComplete="off"
      aria-label={t('accounts.addressOf', { name: row.proposal.displayName })}
      aria-invalid={row.problem !== undefined}
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
