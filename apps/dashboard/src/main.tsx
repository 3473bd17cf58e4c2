import './global.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { createAppRouter } from './router.tsx';
import { createQueryClient } from './shell/api.ts';
import { AppearanceProvider } from './shell/appearance.tsx';
import { startTranslation } from './shell/i18n.ts';
import { loadCodeOf } from './shell/loadCodeOf.ts';
import { forgetSession, sessionQuery } from './shell/session.ts';

const queryClient = createQueryClient(() => {
  if (router.state.location.pathname === '/sign-in') return;
  forgetSession(queryClient);
  void router.navigate({ to: '/sign-in', search: { returnTo: router.state.location.href, ended: true } });
});
const router = createAppRouter(queryClient);

// What the first screen waits for starts at once: who is there, its code, its texts.
void queryClient.prefetchQuery(sessionQuery);
loadCodeOf(router, location.pathname);
await startTranslation();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element to draw into');
createRoot(root).render(
  <StrictMode>
    <AppearanceProvider>
      <QueryClientProvider client={queryClient}>
        <Suspense fallback={null}>
          <RouterProvider router={router} />
        </Suspense>
      </QueryClientProvider>
    </AppearanceProvider>
  </StrictMode>,
);
