import { Tooltip } from '@fluentui/react-components';
import { useTranslation } from 'react-i18next';
import { useNow } from './useNow.ts';

const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

function relativeTime(instant: string, now: number, language: string): string {
  const seconds = (Date.parse(instant) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const unit = units.find(([, length]) => Math.abs(seconds) >= length);
  return unit === undefined
    ? format.format(Math.trunc(seconds / 10) * 10, 'second')
    : format.format(Math.trunc(seconds / unit[1]), unit[0]);
}

export function exactTime(instant: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' }).format(Date.parse(instant));
}

function shortTime(instant: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(Date.parse(instant));
}

/** "2 minutes ago", with the exact instant on hover and on focus. */
export function RelativeTime({ instant }: { readonly instant: string }) {
  const { i18n } = useTranslation('common');
  const now = useNow();
  const exact = exactTime(instant, i18n.language);
  return (
    <Tooltip content={exact} relationship="description">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the exact instant must be reachable by keyboard */}
      <time dateTime={instant} tabIndex={0}>
        {relativeTime(instant, now, i18n.language)}
      </time>
    </Tooltip>
  );
}

/** Date and time in short, for cells of lists. */
export function ShortTime({ instant }: { readonly instant: string | null }) {
  const { i18n } = useTranslation('common');
  if (instant === null) return <>–</>;
  return (
    <time dateTime={instant} title={exactTime(instant, i18n.language)}>
      {shortTime(instant, i18n.language)}
    </time>
  );
}
