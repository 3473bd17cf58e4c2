import {
  Button,
  Menu,
  MenuItemCheckbox,
  MenuItemRadio,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
} from '@fluentui/react-components';
import { ChevronDown16Regular, ColumnTriple20Regular } from '@fluentui/react-icons';
import { type UserFilter, userFilterSchema } from '@isthmus/contracts';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ColumnChoice } from '../../ui/data-grid/useGridColumns.ts';
import { FilterBox } from '../../ui/FilterBox.tsx';
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
  return (
    <div className={styles.bar}>
      <FilterBox label={t('filter.box')} value={q ?? ''} onChange={onType} />
      <Menu
        checkedValues={{ filter: [filter] }}
        onCheckedValueChange={(_event, { checkedItems }) => {
          const chosen = userFilterSchema.safeParse(checkedItems[0]);
          if (chosen.success) change({ filter: chosen.data === 'all' ? undefined : chosen.data }, false);
        }}
      >
        <MenuTrigger disableButtonEnhancement>
          <Button
            icon={<ChevronDown16Regular />}
            iconPosition="after"
            aria-label={t('filter.shown', { name: labelOf(filter) })}
          >
            {labelOf(filter)}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {userFilterSchema.options.map((name) => (
              <MenuItemRadio key={name} name="filter" value={name}>
                {labelOf(name)}
              </MenuItemRadio>
            ))}
          </MenuList>
        </MenuPopover>
      </Menu>
      {!phone && (
        <Menu
          checkedValues={{ columns: columns.filter((column) => column.shown).map((column) => column.id) }}
          onCheckedValueChange={(_event, { checkedItems }) => {
            columns.find((column) => column.shown !== checkedItems.includes(column.id))?.toggle();
          }}
        >
          <MenuTrigger disableButtonEnhancement>
            <Button className={styles.end} appearance="subtle" icon={<ColumnTriple20Regular />}>
              {t('columns')}
            </Button>
          </MenuTrigger>
          <MenuPopover>
            <MenuList>
              {columns.map((column) => (
                <MenuItemCheckbox key={column.id} name="columns" value={column.id}>
                  {column.label}
                </MenuItemCheckbox>
              ))}
            </MenuList>
          </MenuPopover>
        </Menu>
      )}
    </div>
  );
}
