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
