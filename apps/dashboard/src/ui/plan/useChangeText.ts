import type { FieldChange } from '@isthmus/contracts';
import { useTranslation } from 'react-i18next';

const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

/** Says one change of one field in words: what comes, what goes, or what becomes what. */
export function useChangeText(): (change: FieldChange) => string {
  const { t, i18n } = useTranslation('plans');
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' });
  const shown = (value: string): string => (INSTANT.test(value) ? day.format(new Date(value)) : value);
  return ({ field: name, before, after }) => {
    const field = t(`field.${name}`, { defaultValue: name });
    if (before === null) return t('comes', { field, value: shown(after ?? '') });
    if (after === null) return t('goes', { field, value: shown(before) });
    return t('change', { field, before: shown(before), after: shown(after) });
  };
}
