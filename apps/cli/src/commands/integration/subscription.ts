import type { Context } from '../../command.ts';

/** Organization and subscriptions of the tenant. */
export async function subscription({ api, output }: Context): Promise<undefined> {
  const page = await (await api()).call('getSubscription', {});
  output.result(page, () => {
    const { name, address, countryCode, phones, technicalMails } = page.organization;
    output.properties([
      ['Organization', name],
      ['Address', [...address, countryCode ?? ''].filter(Boolean).join(', ')],
      ['Telephone', phones.join(', ')],
      ['Technical contact', technicalMails.join(', ')],
      ['Admin center', page.adminCenter.home],
    ]);
    output.line();
    output.table(
      page.subscriptions,
      [
        { title: 'PRODUCT', value: (one) => one.name },
        { title: 'STATE', value: (one) => `${one.state}${one.isTrial ? ' (trial)' : ''}` },
        { title: 'LICENSES', value: (one) => String(one.seats) },
        { title: 'NEXT CHANGE', value: (one) => one.nextChangeAt?.slice(0, 10) ?? '' },
      ],
      'The tenant has no subscription.',
    );
  });
  return undefined;
}

/** Troubles of Microsoft's services that are in use, and announcements that ask for something. */
export async function serviceHealth({ api, output }: Context): Promise<undefined> {
  const health = await (await api()).call('getServiceHealth', {});
  output.result(health, () => {
    if (health.issues.length === 0) output.line('No trouble is known that concerns what you use.');
    for (const { id, service, title, impact } of health.issues) output.line(`${id} ${service}: ${title}\n  ${impact}`);
    for (const { id, title, actionBy } of health.messages) {
      output.line(`${id} ${title}${actionBy === null ? '' : ` (to be done by ${actionBy.slice(0, 10)})`}`);
    }
    for (const permission of health.missingPermissions) output.note(`Not granted: ${permission}`);
  });
  return undefined;
}

/** The largest mailboxes. */
export async function mailboxUsage({ api, output }: Context): Promise<undefined> {
  const usage = await (await api()).call('getMailboxUsage', {});
  output.result(usage, () => {
    output.table(
      usage.largest,
      [
        { title: 'NAME', value: (one) => (one.upn === null ? '(hidden)' : one.name) },
        { title: 'SIGN-IN NAME', value: (one) => one.upn ?? '' },
        { title: 'SIZE', value: (one) => gigabytes(one.storageBytes) },
        { title: 'LIMIT', value: (one) => (one.quotaBytes === null ? '' : gigabytes(one.quotaBytes)) },
      ],
      'Microsoft has counted no mailbox yet.',
    );
    if (usage.day !== null) {
      output.line();
      output.line(`${usage.mailboxCount} mailboxes with ${gigabytes(usage.storageBytes)} in all on ${usage.day}.`);
    }
    if (usage.namesAreHidden) {
      output.note('The tenant hides names in reports. In the admin center: Settings > Org settings > Reports.');
    }
    for (const permission of usage.missingPermissions) output.note(`Not granted: ${permission}`);
  });
  return undefined;
}

const gigabytes = (bytes: number): string => `${(bytes / 1024 ** 3).toFixed(2)} GB`;
