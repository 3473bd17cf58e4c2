import { type NewUser, type Notice, newUserSchema, type UserTemplate } from '@isthmus/contracts';
import { z } from 'zod';
import { api, isProblem } from '../../../shell/api.ts';

const onlineSchema = newUserSchema.shape.online.unwrap().unwrap();

/** What the wizard asks for, flat, as its fields hold it. */
export const addUserFormSchema = z
  .object({
    givenName: newUserSchema.shape.givenName.unwrap(),
    surname: newUserSchema.shape.surname.unwrap(),
    displayName: newUserSchema.shape.displayName,
    userName: newUserSchema.shape.userName,
    upnSuffix: z.string(),
    password: newUserSchema.shape.password,
    mustChangePassword: z.boolean(),
    online: z.enum(['none', 'new', 'existing']),
    /** Of the account that is there already. */
    accountId: z.string(),
    accountAddress: z.string(),
    addressName: z.string().trim().max(64),
    domain: z.string(),
    skuIds: z.array(z.string()),
    usageLocation: z.string(),
    groupDns: z.array(z.string()),
    /** Fills in what the wizard does not ask for; empty = none. */
    templateId: z.string(),
  })
  .superRefine((values, context) => {
    if (values.online === 'existing' && values.accountId === '') {
      context.addIssue({ code: 'too_small', minimum: 1, origin: 'string', path: ['accountId'], message: '' });
    }
    if (values.online !== 'new') return;
    // Microsoft 365 allows these in the part before the @, with no dot at either end.
    if (!/^[A-Za-z0-9!#^~'_-]+(\.[A-Za-z0-9!#^~'_-]+)*$/.test(values.addressName)) {
      context.addIssue({ code: 'invalid_format', format: 'regex', path: ['addressName'], message: '' });
    }
    if (!onlineSchema.shape.address.safeParse(`${values.addressName}@${values.domain}`).success) {
      context.addIssue({ code: 'custom', path: ['addressName'], message: '' });
    }
    if (values.skuIds.length > 0 && values.usageLocation === '') {
      context.addIssue({ code: 'too_small', minimum: 1, origin: 'string', path: ['usageLocation'], message: '' });
    }
  });
export type AddUserForm = z.infer<typeof addUserFormSchema>;

export const emptyAddUserForm: AddUserForm = {
  givenName: '',
  surname: '',
  displayName: '',
  userName: '',
  upnSuffix: '',
  password: '',
  mustChangePassword: false,
  online: 'none',
  accountId: '',
  accountAddress: '',
  addressName: '',
  domain: '',
  skuIds: [],
  usageLocation: '',
  groupDns: [],
  templateId: '',
};

/** What a template sets of the form; it stays open to be changed. */
export function formOfTemplate({ groupDns, online }: UserTemplate): Partial<AddUserForm> {
  if (online === null) return { groupDns, online: 'none' };
  const { domain, skuIds, usageLocation } = online;
  return { groupDns, online: 'new', domain, skuIds, ...(usageLocation === undefined ? {} : { usageLocation }) };
}

export function newUserOf(form: AddUserForm): NewUser {
  const online =
    form.online !== 'new'
      ? { online: null }
      : {
          online: {
            address: `${form.addressName.trim()}@${form.domain}`,
            skuIds: form.skuIds,
            ...(form.usageLocation === '' ? {} : { usageLocation: form.usageLocation }),
          },
        };
  return {
    givenName: form.givenName.trim(),
    surname: form.surname.trim(),
    displayName: form.displayName.trim(),
    userName: form.userName.trim(),
    ...(form.upnSuffix === '' ? {} : { upnSuffix: form.upnSuffix }),
    password: form.password,
    mustChangePassword: form.mustChangePassword,
    groupDns: form.groupDns,
    ...(form.templateId === '' ? {} : { templateId: form.templateId }),
    ...online,
    ...(form.online === 'existing' ? { assignOnlineAccountId: form.accountId } : {}),
  };
}

export async function planAddUser(form: AddUserForm) {
  const result = await api.call('addUser', { query: { dryRun: 'true' }, body: newUserOf(form) });
  if (result.kind !== 'plan') throw new Error('A dry run answers a plan');
  return result.plan;
}

/** Name of the wizard's field for a field of the API. */
const fieldNames: Readonly<Record<string, keyof AddUserForm>> = {
  userName: 'userName',
  displayName: 'displayName',
  givenName: 'givenName',
  surname: 'surname',
  upnSuffix: 'upnSuffix',
  upn: 'userName',
  password: 'password',
  assignOnlineAccountId: 'accountId',
  address: 'addressName',
  online: 'addressName',
  'online.address': 'addressName',
  skuIds: 'skuIds',
  'online.skuIds': 'skuIds',
  usageLocation: 'usageLocation',
  'online.usageLocation': 'usageLocation',
};

export interface FormProblem {
  readonly field: keyof AddUserForm;
  readonly message: string;
}

const sentenceOf = (notice: Pick<Notice, 'message' | 'remedy'>): string =>
  [notice.message, notice.remedy].filter((part) => part !== undefined).join(' ');

/** Asks the server what stands against the form so far; only what belongs to one of the given fields counts. */
export async function findFormProblem(
  form: AddUserForm,
  fields: readonly (keyof AddUserForm)[],
): Promise<FormProblem | undefined> {
  const problemAt = (apiField: string | undefined, message: string): FormProblem | undefined => {
    const field = fieldNames[apiField ?? ''];
    return field !== undefined && fields.includes(field) ? { field, message } : undefined;
  };
  try {
    const plan = await planAddUser(form);
    const blocked = plan.blocked ?? plan.items.find((item) => item.blocked !== null)?.blocked ?? undefined;
    return blocked === undefined ? undefined : problemAt(blocked.field, sentenceOf(blocked));
  } catch (error) {
    if (!isProblem(error)) throw error;
    const { problem } = error;
    return problemAt(problem.field, sentenceOf({ message: problem.detail, remedy: problem.remedy }));
  }
}
