import type { ContactRecord } from '../../store/directoryRecords.ts';
import { notFound } from '../errors.ts';
import { type GraphAnswer, type GraphCall, type GraphOperation, ok } from '../GraphCall.ts';
import { listObjects } from '../odata/listObjects.ts';
import { single } from '../odata/single.ts';
import { contactType, readContact } from './contactType.ts';

function listContacts(call: GraphCall): GraphAnswer {
  const values = (): readonly ContactRecord[] => call.tenant.directory.contacts.visibleValues();
  return listObjects(call, { type: contactType, values, read: readContact });
}

function getContact(call: GraphCall): GraphAnswer {
  const id = call.params['id'] ?? '';
  const contact = call.tenant.directory.contacts.visible(id.toLowerCase());
  if (contact === undefined) throw notFound(id);
  return ok(single(call, contactType, (name) => readContact(contact, name)));
}

export const contactOperations: readonly GraphOperation[] = [
  { method: 'GET', path: '/contacts', handle: listContacts },
  { method: 'GET', path: '/contacts/{id}', handle: getContact },
];
