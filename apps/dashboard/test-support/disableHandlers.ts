import { FakeProblem } from './FakeProblem.ts';
import type { FakeWorld } from './FakeWorld.ts';
import type { Handlers } from './handlers.ts';

/** Disabling: what it would end, the name that confirms it, and what is left afterwards. */
export const disableHandlers = (world: FakeWorld): Pick<Handlers, 'disableIntegration'> => ({
  disableIntegration: ({ body, query }) => {
    const { remember, confirm } = body;
    const effect = {
      tenantName: 'Contoso',
      application: { clientId: 'c0ffee', displayName: 'Isthmus' },
      reachable: false,
    };
    const counts = { people: 17, held: 1, groups: 2, waitingLicenses: 0, waitingPasswords: 0 };
    const more = { domains: ['contoso.com'], seats: [{ name: 'Microsoft 365 Business Premium', used: 5 }] };
    if (query.dryRun === true) return { done: false, effect: { ...effect, ...counts, ...more } };
    if (confirm?.toLowerCase() !== 'contoso') {
      throw new FakeProblem(400, 'integration.not-confirmed', 'Another name.', { field: 'confirm' });
    }
    world.integration = {
      ...world.integration,
      state: 'not-integrated',
      tenant: null,
      application: null,
      disabled: {
        tenantName: 'Contoso',
        disabledAt: new Date().toISOString(),
        disabledBy: 'Ana Abe',
        remembers: remember,
        links: counts.people,
        leftOver: ['App registration c0ffee in Contoso'],
      },
    };
    return { done: true, effect: { ...effect, ...counts, ...more } };
  },
});
