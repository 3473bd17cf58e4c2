import { homeOperations } from '@isthmus/contracts';
import type { Clock } from '@isthmus/kernel';
import { exportList } from '../../http/csvFile.ts';
import type { Router } from '../../http/Router.ts';
import type { Audit } from '../audit/index.ts';
import { alertColumns } from './alertColumns.ts';
import type { PostgresAlerts } from './PostgresAlerts.ts';

/** Registers the operations about alerts of `contracts/home.ts`. */
export function registerAlerts(router: Router, clock: Clock, alerts: PostgresAlerts, audit: Audit): void {
  const list = async () => {
    const items = [...(await alerts.list())];
    return { items, total: items.length };
  };
  router.handle(homeOperations.listAlerts, list);
  router.handleText(homeOperations.exportAlerts, ({ query }) =>
    exportList(clock, { name: 'alerts', columns: alertColumns, bom: query.bom, read: list }),
  );
  const decide =
    (ignored: boolean) =>
    async (call: {
      readonly params: { readonly id: string };
      readonly actor: { readonly userName: string; readonly address: string };
      readonly requestId: string;
    }) => {
      const alert = await alerts.setIgnored(call.params.id, ignored);
      await audit.record({
        actor: call.actor.userName,
        address: call.actor.address,
        action: ignored ? 'alert.ignore' : 'alert.enable',
        sentence: `${ignored ? 'Ignored' : 'Enabled'} the alert “${alert.title}”`,
        subjectUserId: alert.subjectUserId,
        subject: alert.subject,
        result: 'done',
        requestId: call.requestId,
      });
      return alert;
    };
  router.handle(homeOperations.ignoreAlert, decide(true));
  router.handle(homeOperations.enableAlert, decide(false));
}
