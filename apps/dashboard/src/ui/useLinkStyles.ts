import { makeResetStyles, tokens } from '@fluentui/react-components';

/** Looks of a text link for links that the router draws. */
export const useLinkStyles = makeResetStyles({
  color: tokens.colorBrandForegroundLink,
  textDecorationLine: 'none',
  borderRadius: tokens.borderRadiusSmall,
  ':hover': { color: tokens.colorBrandForegroundLinkHover, textDecorationLine: 'underline' },
  ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}` },
});
