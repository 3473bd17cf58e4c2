import {
  DialogBody,
  DialogContent,
  DialogSurface,
  Input,
  makeStyles,
  mergeClasses,
  Text,
  tokens,
  useId,
} from '@fluentui/react-components';
import { Search20Regular } from '@fluentui/react-icons';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type KeyboardEvent, useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/modal.ts';
import { queryOf } from './api.ts';
import { fitsTyped } from './fitsTyped.ts';
import { destinations } from './Navigation.tsx';
import { useMay } from './session.ts';

const useStyles = makeStyles({
  surface: { maxWidth: '560px', padding: '12px', marginBlockStart: '10vh' },
  content: { padding: 0, margin: 0, display: 'flex', flexDirection: 'column', gap: '8px' },
  list: { listStyleType: 'none', margin: 0, padding: 0, minHeight: '120px', maxHeight: '50vh', overflowY: 'auto' },
  option: {
    display: 'flex',
    justifyContent: 'space-between',
    gap: '12px',
    padding: '10px 12px',
    borderRadius: tokens.borderRadiusMedium,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  active: { backgroundColor: tokens.colorNeutralBackground1Selected, outline: `1px solid ${tokens.colorStrokeFocus2}` },
  kind: { color: tokens.colorNeutralForeground3, flexShrink: 0 },
});

interface Choice {
  readonly id: string;
  readonly text: string;
  readonly kind: string;
  run(): void;
}

/** Pages, commands and people found by what is typed. */
function useChoices(typed: string): readonly Choice[] {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const mayAdd = useMay('users.write');
  const mayCreateOnline = useMay('online-accounts.write');
  const people = useQuery({
    ...queryOf('listUsers', { query: { q: typed, limit: 8 } }),
    enabled: typed.trim() !== '',
    placeholderData: keepPreviousData,
  });
  const pages: Choice[] = destinations.map(({ id, to }) => ({
    id: `page-${id}`,
    text: t(`navigation.${id}`),
    kind: t('palette.page'),
    run: () => void navigate({ to }),
  }));
  const commands: Choice[] = [];
  const kind = t('palette.command');
  if (mayAdd) {
    commands.push({ id: 'add', text: t('palette.addUser'), kind, run: () => void navigate({ to: '/users/add' }) });
    const run = (): void => void navigate({ to: '/users/import' });
    commands.push({ id: 'import', text: t('palette.importUsers'), kind, run });
  }
  if (mayCreateOnline) {
    const run = (): void => void navigate({ to: '/users/add-online-accounts' });
    commands.push({ id: 'add-online', text: t('palette.addOnlineAccounts'), kind, run });
  }
  const wanted = typed.trim().toLocaleLowerCase();
  const found = [...commands, ...pages].filter(({ text }) => text.toLocaleLowerCase().includes(wanted));
  const known = wanted === '' ? [] : (people.data?.items ?? []);
  const persons = people.isPlaceholderData
    ? known.filter(({ displayName, userName }) => fitsTyped(wanted, [displayName, userName]))
    : known;
  return [
    ...found,
    ...persons.map((user) => ({
      id: user.id,
      text: `${user.displayName} (${user.userName})`,
      kind: t('palette.user'),
      run: () => void navigate({ to: '/users', search: { q: user.userName, open: user.id } }),
    })),
  ];
}

export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const styles = useStyles();
  const { t } = useTranslation('shell');
  const listId = useId('palette');
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const choices = useChoices(useDeferredValue(typed));
  const choose = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    onClose();
    choice.run();
  };
  const move = (step: number): void => setActive((active + step + choices.length) % Math.max(1, choices.length));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter') choose(choices[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog open onOpenChange={onClose}>
      <DialogSurface className={styles.surface} aria-label={t('palette.open')}>
        <DialogBody>
          <DialogContent className={styles.content}>
            <Input
              size="large"
              autoFocus
              contentBefore={<Search20Regular />}
              placeholder={t('palette.placeholder')}
              value={typed}
              onChange={(_event, data) => {
                setTyped(data.value);
                setActive(0);
              }}
              onKeyDown={onKeyDown}
              input={{
                role: 'combobox',
                'aria-label': t('palette.placeholder'),
                'aria-expanded': true,
                'aria-controls': listId,
                'aria-activedescendant': choices[active] === undefined ? undefined : `${listId}-${active}`,
              }}
            />
            {choices.length === 0 && <Text>{t('palette.nothing')}</Text>}
            <div id={listId} role="listbox" aria-label={t('palette.results')} className={styles.list}>
              {choices.map((choice, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the combobox handles the keys
                <div
                  key={choice.id}
                  id={`${listId}-${index}`}
                  role="option"
                  aria-selected={index === active}
                  className={mergeClasses(styles.option, index === active && styles.active)}
                  onClick={() => choose(choice)}
                >
                  <Text>{choice.text}</Text>
                  <Text size={200} className={styles.kind}>
                    {choice.kind}
                  </Text>
                </div>
              ))}
            </div>
          </DialogContent>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
