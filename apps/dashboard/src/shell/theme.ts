import { type BrandVariants, createDarkTheme, createLightTheme, type Theme } from '@fluentui/react-components';

/** Our own petrol: sixteen steps of equal lightness distance in OKLCH at hue 205. */
const petrol: BrandVariants = {
  10: '#001317',
  20: '#001e23',
  30: '#002b2f',
  40: '#003b44',
  50: '#004952',
  60: '#005760',
  70: '#00646d',
  80: '#02717a',
  90: '#208089',
  100: '#38929b',
  110: '#4ca4ae',
  120: '#60b7c1',
  130: '#74cbd4',
  140: '#87dee8',
  150: '#c8eaee',
  160: '#e9f7f9',
};

const fontFamilyBase =
  '"Segoe UI Variable Text", "Segoe UI", system-ui, -apple-system, "Noto Sans", Roboto, "Liberation Sans", Arial, sans-serif';
const fontFamilyMonospace = '"Cascadia Mono", Consolas, "SF Mono", "Noto Sans Mono", "Liberation Mono", monospace';

export const lightTheme: Theme = { ...createLightTheme(petrol), fontFamilyBase, fontFamilyMonospace };

const dark = createDarkTheme(petrol);
export const darkTheme: Theme = {
  ...dark,
  fontFamilyBase,
  fontFamilyMonospace,
  colorBrandForeground1: petrol[120],
  colorBrandForeground2: petrol[130],
  colorBrandForegroundLink: petrol[130],
  colorBrandForegroundLinkHover: petrol[140],
  colorBrandForegroundLinkPressed: petrol[120],
  colorCompoundBrandForeground1: petrol[120],
};
