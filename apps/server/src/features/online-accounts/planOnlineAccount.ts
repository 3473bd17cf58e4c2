import type { Notice } from '@isthmus/contracts';
import type { Action } from '../people/index.ts';
import type { AddressBook } from './AddressBook.ts';
import { addressProblem, splitAddress } from './onlineAddress.ts';

export type CreateAction = Extract<Action, { type: 'online.create' }>;

/** What an online account takes over from the user account. */
export interface AccountFields {
  readonly userName: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
  readonly department: string;
  readonly title: string;
  readonly office: string;
  readonly phone: string;
  readonly mobile: string;
  readonly company: string;
}

function withoutEmpty<Fields extends Readonly<Record<string, string>>>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')) as Partial<Fields>;
}

/** The action that makes the online account of a person. */
export function createAction(
  fields: AccountFields,
  choice: {
    readonly address: string;
    readonly usageLocation: string;
    readonly signInAllowed: boolean;
    readonly passwordRef?: string;
  },
): CreateAction {
  const { givenName, surname, department, title, office, mobile, company } = fields;
  return {
    type: 'online.create',
    account: {
      upn: choice.address,
      displayName: fields.displayName || fields.userName,
      mailNickname: splitAddress(choice.address).localPart,
      ...withoutEmpty({
        givenName,
        surname,
        department,
        jobTitle: title,
        officeLocation: office,
        mobilePhone: mobile,
        companyName: company,
      }),
      ...(fields.phone === '' ? {} : { businessPhones: [fields.phone] }),
      usageLocation: choice.usageLocation,
      signInAllowed: choice.signInAllowed,
      mustChangePassword: false,
    },
    ...(choice.passwordRef === undefined ? {} : { passwordRef: choice.passwordRef }),
  };
}

/** What stands against giving a new account this address. */
export function newAddressProblem(
  address: string,
  book: AddressBook,
  verifiedDomains: ReadonlySet<string>,
): Notice | undefined {
  const problem = addressProblem(address, verifiedDomains);
  if (problem !== undefined) return problem;
  const holder = book.findHolder(address);
  if (holder === undefined) return undefined;
  return {
    code: 'online.address-taken',
    message: holder.deleted
      ? `${address} belongs to ${holder.displayName}, whose online account is in the recycle bin.`
      : `${address} is already used by ${holder.displayName}.`,
    remedy: holder.deleted ? 'Choose another address, or restore that account.' : 'Choose another address.',
    field: 'address',
  };
}
