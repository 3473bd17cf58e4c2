import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { usersQuery } from './features/users/usersQuery.ts';
import {
  alertsSearch,
  auditSearch,
  bulkAccountsSearch,
  groupsSearch,
  importSearch,
  jobsSearch,
  onlineAccountsSearch,
  signInSearch,
  usersSearch,
} from './routeSearch.ts';
import { loadTexts, type Namespace } from './shell/i18n.ts';
import { ScreenError } from './shell/ScreenError.tsx';
import { sessionQuery } from './shell/session.ts';
import { firstPageOf } from './shell/usePagedList.ts';

interface RouterContext {
  readonly queryClient: QueryClient;
}

/** A screen is drawn when its texts are there, so that it never blinks. */
const texts =
  (...namespaces: readonly Namespace[]) =>
  (): Promise<void> =>
    loadTexts(namespaces);

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: signInSearch,
  beforeLoad: async ({ context, search }) => {
    const known = await context.queryClient.ensureQueryData(sessionQuery);
    if (!known.directoryConnected) throw redirect({ to: '/setup' });
    if (known.session !== null) throw redirect({ href: search.returnTo ?? '/' });
  },
  loader: texts('session'),
  component: lazyRouteComponent(() => import('./features/session/SignInPage.tsx'), 'SignInPage'),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  loader: texts('setup'),
  component: lazyRouteComponent(() => import('./features/setup/SetupPage.tsx'), 'SetupPage'),
});

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'shell',
  beforeLoad: async ({ context, location }) => {
    const known = await context.queryClient.ensureQueryData(sessionQuery);
    if (!known.directoryConnected) throw redirect({ to: '/setup' });
    if (known.session === null) {
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { returnTo: location.href } });
    }
  },
  loader: texts('shell'),
  component: lazyRouteComponent(() => import('./shell/Shell.tsx'), 'Shell'),
});

const homeRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  loader: texts('home', 'jobs'),
  component: lazyRouteComponent(() => import('./features/home/HomePage.tsx'), 'HomePage'),
});
const usersRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/users',
  validateSearch: usersSearch,
  loaderDeps: ({ search }) => usersQuery(search),
  loader: async ({ context, deps }) => {
    // The people are on their way while the screen still loads; it shows how that ends.
    void context.queryClient.prefetchQuery(firstPageOf('listUsers', { query: deps }));
    await loadTexts(['users']);
  },
  component: lazyRouteComponent(() => import('./features/users/UsersPage.tsx'), 'UsersPage'),
});
const addUserRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: '/add',
  loader: texts('addUser', 'userDialogs', 'userPanel', 'onlineAccounts', 'plans', 'jobs'),
  component: lazyRouteComponent(() => import('./features/users/add/AddUserWizard.tsx'), 'AddUserWizard'),
});
const addOnlineAccountsRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: '/add-online-accounts',
  validateSearch: bulkAccountsSearch,
  loader: texts('onlineAccounts', 'plans', 'jobs'),
  component: lazyRouteComponent(
    () => import('./features/online-accounts/AddOnlineAccountsWizard.tsx'),
    'AddOnlineAccountsWizard',
  ),
});
const importRoute = createRoute({
  getParentRoute: () => usersRoute,
  path: '/import',
  validateSearch: importSearch,
  loader: texts('imports', 'plans', 'jobs'),
  component: lazyRouteComponent(() => import('./features/imports/ImportWizard.tsx'), 'ImportWizard'),
});
const onlineAccountsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/users/online-accounts',
  validateSearch: onlineAccountsSearch,
  loader: texts('onlineAccounts', 'users', 'userDialogs', 'plans', 'jobs'),
  component: lazyRouteComponent(
    () => import('./features/online-accounts/OnlineAccountsPage.tsx'),
    'OnlineAccountsPage',
  ),
});
const matchRoute = createRoute({
  getParentRoute: () => onlineAccountsRoute,
  path: '/match',
  loader: texts('matches'),
  component: lazyRouteComponent(() => import('./features/online-accounts/match/MatchWizard.tsx'), 'MatchWizard'),
});
const groupsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/users/groups',
  validateSearch: groupsSearch,
  loader: texts('groups', 'users'),
  component: lazyRouteComponent(() => import('./features/groups/GroupsPage.tsx'), 'GroupsPage'),
});
const microsoft365Route = createRoute({
  getParentRoute: () => shellRoute,
  path: '/microsoft365',
  loader: texts('integration', 'sync', 'plans', 'domains', 'subscription'),
  component: lazyRouteComponent(() => import('./features/integration/Microsoft365Page.tsx'), 'Microsoft365Page'),
});
const changeAdministratorRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/microsoft365/administrator',
  loader: texts('integration', 'sync', 'plans', 'domains', 'subscription', 'administrator'),
  component: lazyRouteComponent(
    () => import('./features/integration/ChangeAdministratorPage.tsx'),
    'ChangeAdministratorPage',
  ),
});
const removeRegistrationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/microsoft365/remove-registration',
  loader: texts('integration', 'sync', 'plans', 'domains', 'subscription', 'administrator'),
  component: lazyRouteComponent(
    () => import('./features/integration/RemoveRegistrationPage.tsx'),
    'RemoveRegistrationPage',
  ),
});
const moveTenantRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/microsoft365/move',
  loader: texts('integration', 'sync', 'plans', 'domains', 'subscription', 'administrator'),
  component: lazyRouteComponent(() => import('./features/integration/MoveTenantPage.tsx'), 'MoveTenantPage'),
});
const linkDomainRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/microsoft365/domains/link',
  loader: texts('integration', 'sync', 'plans', 'domains', 'subscription'),
  component: lazyRouteComponent(() => import('./features/domains/LinkDomainPage.tsx'), 'LinkDomainPage'),
});
const domainRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/microsoft365/domains/$name',
  loader: texts('domains', 'plans', 'jobs'),
  component: lazyRouteComponent(() => import('./features/domains/DomainPage.tsx'), 'DomainPage'),
});
const syncRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/microsoft365/synchronization',
  loader: texts('sync', 'syncPage', 'plans', 'users', 'userPanel'),
  component: lazyRouteComponent(() => import('./features/sync/SyncPage.tsx'), 'SyncPage'),
});
const integrateRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/setup/microsoft365',
  loader: texts('integration'),
  component: lazyRouteComponent(() => import('./features/integration/IntegratePage.tsx'), 'IntegratePage'),
});
const disableIntegrationRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/microsoft365/disable',
  loader: texts('integration', 'sync', 'plans', 'domains', 'subscription', 'disableIntegration'),
  component: lazyRouteComponent(
    () => import('./features/integration/DisableIntegrationPage.tsx'),
    'DisableIntegrationPage',
  ),
});
const alertsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/alerts',
  validateSearch: alertsSearch,
  loader: texts('alerts'),
  component: lazyRouteComponent(() => import('./features/alerts/AlertsPage.tsx'), 'AlertsPage'),
});
const jobsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/activity',
  validateSearch: jobsSearch,
  loader: texts('jobs'),
  component: lazyRouteComponent(() => import('./features/jobs/JobsPage.tsx'), 'JobsPage'),
});
const auditRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/activity/audit',
  validateSearch: auditSearch,
  loader: texts('audit', 'jobs'),
  component: lazyRouteComponent(() => import('./features/audit/AuditPage.tsx'), 'AuditPage'),
});
const settingsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings',
  loader: texts('settings'),
  component: lazyRouteComponent(() => import('./features/settings/AppearancePage.tsx'), 'AppearancePage'),
});
const driftRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/synchronization',
  loader: texts('settings', 'sync', 'users'),
  component: lazyRouteComponent(() => import('./features/sync/DriftPage.tsx'), 'DriftPage'),
});
const passwordPolicyRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/passwords',
  loader: texts('settings', 'passwordPolicy'),
  component: lazyRouteComponent(
    () => import('./features/password-policy/PasswordPolicyPage.tsx'),
    'PasswordPolicyPage',
  ),
});
const userTemplatesRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/templates',
  loader: texts('settings', 'userTemplates', 'userPanel', 'addUser', 'onlineAccounts'),
  component: lazyRouteComponent(() => import('./features/user-templates/UserTemplatesPage.tsx'), 'UserTemplatesPage'),
});
const notificationsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/notifications',
  loader: texts('settings', 'notifications'),
  component: lazyRouteComponent(() => import('./features/notifications/NotificationsPage.tsx'), 'NotificationsPage'),
});
const sessionsRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/settings/sessions',
  loader: texts('settings'),
  component: lazyRouteComponent(() => import('./features/settings/SessionsPage.tsx'), 'SessionsPage'),
});

const routeTree = rootRoute.addChildren([
  signInRoute,
  setupRoute,
  shellRoute.addChildren([
    homeRoute,
    usersRoute.addChildren([addUserRoute, addOnlineAccountsRoute, importRoute]),
    onlineAccountsRoute.addChildren([matchRoute]),
    groupsRoute,
    microsoft365Route,
    changeAdministratorRoute,
    removeRegistrationRoute,
    moveTenantRoute,
    linkDomainRoute,
    domainRoute,
    syncRoute,
    integrateRoute,
    disableIntegrationRoute,
    alertsRoute,
    jobsRoute,
    auditRoute,
    settingsRoute,
    driftRoute,
    passwordPolicyRoute,
    userTemplatesRoute,
    notificationsRoute,
    sessionsRoute,
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultErrorComponent: ScreenError,
    defaultNotFoundComponent: () => <ScreenError error={undefined} />,
    defaultPreload: 'intent',
    defaultPendingMs: 300,
    scrollRestoration: false,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
