import { makeResetStyles, makeStyles, tokens } from '@fluentui/react-components';

export const HEADER_HEIGHT = 40;

export const useGridStyles = makeStyles({
  scroller: {
    position: 'relative',
    overflow: 'auto',
    flexGrow: 1,
    flexBasis: 0,
    minHeight: '200px',
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
  },
  tinted: { backgroundColor: tokens.colorBrandBackground2 },
  outdated: { opacity: 0.6 },
  row: {
    display: 'grid',
    gridTemplateRows: '100%',
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
    cursor: 'pointer',
    ':hover': { backgroundColor: tokens.colorSubtleBackgroundHover },
  },
  placed: { position: 'absolute', top: 0, insetInlineStart: 0, insetInlineEnd: 0 },
  head: { position: 'sticky', top: 0, zIndex: 1, backgroundColor: tokens.colorNeutralBackground2 },
  headRow: {
    display: 'grid',
    height: `${HEADER_HEIGHT}px`,
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    fontWeight: tokens.fontWeightSemibold,
    fontSize: tokens.fontSizeBase200,
    color: tokens.colorNeutralForeground2,
  },
  selected: {
    backgroundColor: tokens.colorNeutralBackground1Selected,
    boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}`,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Selected },
    '@media (forced-colors: active)': { outline: '2px solid Highlight', outlineOffset: '-2px' },
  },
  open: { backgroundColor: tokens.colorNeutralBackground1Pressed },
  cell: {
    // The height of its line puts the text into the middle, which is much cheaper than a flex box in every cell.
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    padding: '0 8px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  headCell: {
    display: 'flex',
    alignItems: 'center',
    minWidth: 0,
    padding: '0 8px',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  content: { overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap', minWidth: 0 },
  check: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  checkbox: {
    width: '16px',
    height: '16px',
    margin: '4px',
    accentColor: tokens.colorCompoundBrandBackground,
    cursor: 'pointer',
  },
  skeleton: {
    display: 'inline-block',
    verticalAlign: 'middle',
    height: '10px',
    width: '60%',
    borderRadius: '4px',
    backgroundColor: tokens.colorNeutralBackground4,
  },
  list: { margin: 0, padding: 0, listStyleType: 'none' },
  card: {
    display: 'grid',
    gridTemplateColumns: '40px minmax(0, 1fr)',
    padding: '10px 12px 10px 0',
    boxSizing: 'border-box',
    borderBottom: `1px solid ${tokens.colorNeutralStroke3}`,
  },
});

/** Griffel ignores `all: unset`, so a native button is undressed here. */
export const useSortButtonStyles = makeResetStyles({
  background: 'none',
  border: 'none',
  padding: '4px 0',
  minHeight: '24px',
  font: 'inherit',
  color: 'inherit',
  cursor: 'pointer',
  display: 'inline-flex',
  alignItems: 'center',
  gap: '4px',
  minWidth: 0,
  textAlign: 'start',
  ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '2px' },
});
