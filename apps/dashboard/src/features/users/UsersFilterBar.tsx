import { makeStyles } from '@fluentui/react-components';
import { ChevronDown16Regular, ColumnTriple20Regular } from '@fluentui/react-icons';
import { type UserFilter, userFilters } from '@isthmus/contracts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnChoice } from '../../ui/data-grid/useGridColumns.ts';
import { FilterBox } from '../../ui/FilterBox.tsx';
import { MenuButton } from '../../ui/menu/MenuButton.tsx';
import { useIsPhone } from '../../ui/useMediaQuery.ts';
import { useUsersSearch } from './useUsersSearch.ts';

const useStyles = makeStyles({
  bar: { display: 'flex', alignItems: 'center', gap: '8px', flexWrap: 'wrap', flexShrink: 0 },
  end: { marginInlineStart: 'auto' },
});

interface UsersFilterBarProps {
  readonly counts: Record<UserFilter, number> | undefined;
  readonly columns: readonly ColumnChoice[];
}

export function UsersFilterBar({ counts, columns }: UsersFilterBarProps) {
  const styles = useStyles();
  const { t, i18n } = useTranslation('users');
  const phone = useIsPhone();
  const { q, filter, change } = useUsersSearch();
  const number = new Intl.NumberFormat(i18n.language);
  const labelOf = (name: UserFilter): string =>
    counts === undefined
      ? t(`filter.${name}`)
      : t('filter.withCount', { name: t(`filter.${name}`), count: counts[name], number: number.format(counts[name]) });
  const onType = useCallback((typed: string) => change({ q: typed }), [change]);
  const filters = userFilters.map((name) => ({ id: name, label: labelOf(name), chosen: name === filter }));
  const onFilter = (id: string): void => {
    const chosen = userFilters.find((name) => name === id);
    change({ filter: chosen === 'all' ? undefined : chosen }, false);
  };
  const columnOptions = columns.map(({ id, label, shown }) => ({ id, label, chosen: shown }));
  const onColumn = (id: string): void => columns.find((column) => column.id === id)?.toggle();
  return (
    <div className={styles.bar}>
      <FilterBox label={t('filter.box')} value={q ?? ''} onChange={onType} />
      <MenuButton
        label={t('filter.shown', { name: labelOf(filter) })}
        button={{ icon: <ChevronDown16Regular />, iconPosition: 'after', children: labelOf(filter) }}
        content={{ choices: { kind: 'one', options: filters, onChoose: onFilter } }}
      />
      {!phone && (
        <MenuButton
          label={t('columns')}
          button={{
            className: styles.end,
            appearance: 'subtle',
            icon: <ColumnTriple20Regular />,
            children: t('columns'),
          }}
          content={{ choices: { kind: 'several', options: columnOptions, onChoose: onColumn } }}
        />
      )}
    </div>
  );
}
