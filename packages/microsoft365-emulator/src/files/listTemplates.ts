/** Kinds of lists: Graph's name, SharePoint's number (captures of PnP), and 1 for libraries. */
export interface ListTemplate {
  readonly name: string;
  readonly number: number;
  readonly baseType: 0 | 1;
  readonly featureId: string;
}

const custom = '00bfea71-de22-43b2-a848-c05709900100';

export const listTemplates: readonly ListTemplate[] = [
  { name: 'genericList', number: 100, baseType: 0, featureId: custom },
  { name: 'documentLibrary', number: 101, baseType: 1, featureId: '00bfea71-e717-4e80-aa17-d0c71b360101' },
  { name: 'survey', number: 102, baseType: 0, featureId: '00bfea71-eb8a-40b1-80c7-506be7590102' },
  { name: 'links', number: 103, baseType: 0, featureId: '00bfea71-2062-426c-90bf-714c59600103' },
  { name: 'announcements', number: 104, baseType: 0, featureId: '00bfea71-d1ce-42de-9c63-a44004ce0104' },
  { name: 'contacts', number: 105, baseType: 0, featureId: '00bfea71-7e6d-4186-9ba8-c047ac750105' },
  { name: 'events', number: 106, baseType: 0, featureId: '00bfea71-ec85-4903-972d-ebe475780106' },
  { name: 'tasks', number: 107, baseType: 0, featureId: '00bfea71-a83e-497e-9ba0-7a5c597d0107' },
  { name: 'discussionBoard', number: 108, baseType: 0, featureId: '00bfea71-6a49-43fa-b535-d15c05500108' },
  { name: 'pictureLibrary', number: 109, baseType: 1, featureId: '00bfea71-52d4-45b3-b544-b1c71b620109' },
  { name: 'xmlForm', number: 115, baseType: 1, featureId: '00bfea71-1e1d-4562-b56a-f05371bb0115' },
  { name: 'webPageLibrary', number: 119, baseType: 1, featureId: '00bfea71-c796-4402-9f2f-0eb9a6e71b18' },
  { name: 'customGrid', number: 120, baseType: 0, featureId: '00bfea71-3a1d-41d3-a0ee-651d11570120' },
  { name: 'ganttTasks', number: 150, baseType: 0, featureId: '00bfea71-513d-4ca0-96c2-6a47775c0119' },
  { name: 'issueTracking', number: 1100, baseType: 0, featureId: '00bfea71-5932-4f9c-ad71-1557e5751100' },
];

export function templateOf(name: string): ListTemplate {
  const found = listTemplates.find((template) => template.name === name) ?? listTemplates[0];
  if (found === undefined) throw new TypeError('There are no list templates');
  return found;
}

export function isLibrary(list: { readonly template: string }): boolean {
  return templateOf(list.template).baseType === 1;
}
