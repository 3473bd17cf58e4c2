import { MessageBar, MessageBarBody, makeStyles, tokens } from '@fluentui/react-components';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingScreen } from '../ui/LoadingScreen.tsx';
import { useIsNarrow } from '../ui/useMediaQuery.ts';
import { Header } from './Header.tsx';
import { LiveRegions } from './liveRegions.tsx';
import { Navigation } from './Navigation.tsx';
import { ShellDialogs } from './ShellDialogs.tsx';
import { useLiveEvents } from './useLiveEvents.ts';

const NavigationDrawer = lazy(() =>
  import('./NavigationDrawer.tsx').then((module) => ({ default: module.NavigationDrawer })),
);

const useStyles = makeStyles({
  shell: {
    height: '100%',
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridTemplateRows: '48px minmax(0, 1fr)',
    backgroundColor: tokens.colorNeutralBackground2,
  },
  body: {
    display: 'grid',
    gridTemplateColumns: '220px minmax(0, 1fr)',
    gridTemplateRows: 'minmax(0, 1fr)',
    minHeight: 0,
  },
  bodyNarrow: {
    display: 'grid',
    gridTemplateColumns: 'minmax(0, 1fr)',
    gridTemplateRows: 'minmax(0, 1fr)',
    minHeight: 0,
  },
  side: { overflowY: 'auto', backgroundColor: tokens.colorNeutralBackground3, padding: '8px' },
  main: { minWidth: 0, minHeight: 0, display: 'flex', flexDirection: 'column', outlineStyle: 'none' },
  skip: {
    position: 'absolute',
    insetInlineStart: '8px',
    top: '-60px',
    zIndex: 1000,
    padding: '8px 16px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorBrandBackground,
    color: tokens.colorNeutralForegroundOnBrand,
    ':focus': { top: '6px' },
  },
});

function Connection() {
  const { t } = useTranslation('shell');
  const state = useLiveEvents();
  const [shown, setShown] = useState(false);
  useEffect(() => {
    // A restart of the server or of the network is not worth a word.
    const timer = setTimeout(() => setShown(state === 'interrupted'), state === 'interrupted' ? 3000 : 0);
    return () => clearTimeout(timer);
  }, [state]);
  if (!shown) return null;
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>{t('offline')}</MessageBarBody>
    </MessageBar>
  );
}

/** The frame of every screen for people who are signed in. */
export function Shell() {
  const styles = useStyles();
  const { t } = useTranslation('shell');
  const narrow = useIsNarrow();
  const [drawerOpen, setDrawerOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes when the path changes
  useEffect(() => setDrawerOpen(false), [path]);
  return (
    <LiveRegions>
      <div className={styles.shell}>
        <a className={styles.skip} href="#main">
          {t('skip')}
        </a>
        <Header onOpenNavigation={narrow ? () => setDrawerOpen(true) : undefined} />
        <div className={narrow ? styles.bodyNarrow : styles.body}>
          {!narrow && (
            <div className={styles.side}>
              <Navigation />
            </div>
          )}
          <main id="main" tabIndex={-1} className={styles.main}>
            <Connection />
            <Suspense fallback={<LoadingScreen />}>
              <Outlet />
            </Suspense>
          </main>
        </div>
        {narrow && drawerOpen && (
          <Suspense fallback={null}>
            <NavigationDrawer onClose={() => setDrawerOpen(false)} />
          </Suspense>
        )}
        <ShellDialogs />
      </div>
    </LiveRegions>
  );
}
