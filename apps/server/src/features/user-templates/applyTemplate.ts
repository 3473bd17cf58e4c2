import type { newUserSchema, UserFileRow, UserTemplateSettings } from '@isthmus/contracts';
import type { z } from 'zod';

type NewUserRequest = z.output<typeof newUserSchema>;

/** What the request does not say is as in the template; `online: null` says that there is to be none. */
export function fillNewUser(request: NewUserRequest, template: UserTemplateSettings): NewUserRequest {
  const { containerDn, department, title, office, company } = template;
  const properties = Object.fromEntries(
    Object.entries({ containerDn, department, title, office, company }).filter(([, value]) => value),
  );
  const given = Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined));
  const wantsOnline = request.online === undefined && request.assignOnlineAccountId === undefined;
  const { domain, ...online } = template.online ?? {};
  return {
    ...properties,
    groupDns: template.groupDns,
    ...(wantsOnline && domain !== undefined
      ? { online: { skuIds: [], ...online, address: `${request.userName}@${domain}` } }
      : {}),
    ...(given as NewUserRequest),
  };
}

/** A row of a file of people; what it leaves empty is as in the template. */
export function fillRow(
  row: UserFileRow,
  { department, title, office, company, online }: UserTemplateSettings,
): UserFileRow {
  const given = Object.fromEntries(Object.entries(row.values).filter(([, value]) => value.trim() !== ''));
  const userName = row.values.userName?.trim() ?? '';
  const address = online === null || userName === '' ? undefined : `${userName}@${online.domain}`;
  const filled = {
    department,
    title,
    office,
    company,
    onlineAddress: address,
    licenses: address === undefined ? undefined : online?.skuIds.join(';'),
    usageLocation: online?.usageLocation,
    ...given,
  };
  return { ...row, values: Object.fromEntries(Object.entries(filled).filter(([, value]) => value)) };
}
