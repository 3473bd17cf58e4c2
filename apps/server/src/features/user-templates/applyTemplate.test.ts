import { newUserSchema, userTemplateSettingsSchema } from '@isthmus/contracts';
import { describe, expect, test } from 'vitest';
import { fillNewUser, fillRow } from './applyTemplate.ts';

const sku = '0c0c0c0c-0000-4000-8000-000000000001';
const template = userTemplateSettingsSchema.parse({
  name: 'Sales',
  containerDn: 'OU=Sales,DC=corp',
  groupDns: ['CN=Sales,DC=corp'],
  department: 'Sales',
  title: 'Clerk',
  online: { domain: 'contoso.example', skuIds: [sku], usageLocation: 'DE' },
});
const person = { userName: 'ada', displayName: 'Ada Lovelace', password: 'Only-A-Test-1' };

describe('a new user from a template', () => {
  test('gets what the request leaves open', () => {
    expect(fillNewUser(newUserSchema.parse(person), template)).toEqual({
      ...newUserSchema.parse(person),
      containerDn: 'OU=Sales,DC=corp',
      groupDns: ['CN=Sales,DC=corp'],
      department: 'Sales',
      title: 'Clerk',
      online: { address: 'ada@contoso.example', skuIds: [sku], usageLocation: 'DE' },
    });
  });

  test('keeps what the request says, even when it says nothing is wanted', () => {
    const request = newUserSchema.parse({ ...person, department: 'Research', groupDns: [], online: null });
    const filled = fillNewUser(request, template);
    expect(filled).toMatchObject({ department: 'Research', title: 'Clerk', groupDns: [], online: null });
  });

  test('gets no second online account when one is assigned', () => {
    const request = newUserSchema.parse({ ...person, assignOnlineAccountId: sku });
    expect(fillNewUser(request, template).online).toBeUndefined();
  });
});

describe('a row of a file', () => {
  test('is filled in where it is empty', () => {
    const row = { line: 2, values: { userName: ' ada ', department: ' ', title: 'Head' } };
    expect(fillRow(row, template)).toEqual({
      line: 2,
      values: {
        userName: ' ada ',
        department: 'Sales',
        title: 'Head',
        onlineAddress: 'ada@contoso.example',
        licenses: sku,
        usageLocation: 'DE',
      },
    });
  });

  test('keeps its own address and licenses', () => {
    const values = { userName: 'ada', onlineAddress: 'lovelace@contoso.example', licenses: 'SPB' };
    expect(fillRow({ line: 2, values }, template).values).toMatchObject(values);
  });

  test('gets no license without an online account', () => {
    const local = { ...template, online: null };
    expect(fillRow({ line: 2, values: { userName: 'ada' } }, local).values).toEqual({
      userName: 'ada',
      department: 'Sales',
      title: 'Clerk',
    });
  });
});
