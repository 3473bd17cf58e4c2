import type { ColumnRecord, ListRecord } from '../store/filesRecords.ts';
import { isLibrary } from './listTemplates.ts';

interface Builtin {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly facet: Readonly<Record<string, object>>;
  /** SharePoint's word for the type. */
  readonly type: string;
  readonly typeKind: number;
  readonly isReadOnly: boolean;
  /** Only in libraries, or only outside of them. */
  readonly where?: 'libraries' | 'lists';
}

const user = {
  personOrGroup: { allowMultipleSelection: false, chooseFromType: 'peopleOnly', displayAs: 'nameWithPresence' },
};
const date = { dateTime: { displayAs: 'default', format: 'dateTime' } };
const text = {
  text: { allowMultipleLines: false, appendChangesToExistingText: false, linesForEditing: 0, maxLength: 255 },
};

/** Columns that every list has. The ids are those of SharePoint's own fields, the same in every tenant. */
const builtins: readonly Builtin[] = [
  builtin('fa564e0f-0c70-4ab9-b863-0177e6ddd247', 'Title', 'Title', text, 'Text', 2, false),
  builtin('c042a256-787d-4a6f-8a8a-cf6ab767f12d', 'ContentType', 'Content Type', text, 'Computed', 12, true),
  builtin('28cf69c5-fa48-462a-b5cd-27b6f9d2bd5f', 'Modified', 'Modified', date, 'DateTime', 4, true),
  builtin('8c06beca-0777-48f7-91c7-6da68bc07b69', 'Created', 'Created', date, 'DateTime', 4, true),
  builtin('1df5e554-ec7e-46a6-901d-d85a3881cb18', 'Author', 'Created By', user, 'User', 20, true),
  builtin('d31655d1-1d5b-4511-95a1-7a09e9b75bf2', 'Editor', 'Modified By', user, 'User', 20, true),
  builtin('1d22ea11-1e32-424e-89ab-9fedbadb6ce1', 'ID', 'ID', { number: {} }, 'Counter', 5, true),
  builtin('dce8262a-3ae9-45aa-aab4-83bd75fb738a', '_UIVersionString', 'Version', text, 'Text', 2, true),
  {
    ...builtin(
      '67df98f4-9dec-48ff-a553-29bece9c5bf4',
      'Attachments',
      'Attachments',
      { boolean: {} },
      'Attachments',
      19,
      false,
    ),
    where: 'lists',
  },
  {
    ...builtin('8553196d-ec8d-4564-9861-3dbe931050c8', 'FileLeafRef', 'Name', text, 'File', 18, false),
    where: 'libraries',
  },
];

function builtin(
  id: string,
  name: string,
  displayName: string,
  facet: Builtin['facet'],
  type: string,
  typeKind: number,
  isReadOnly: boolean,
): Builtin {
  return { id, name, displayName, facet, type, typeKind, isReadOnly };
}

/** A column in the form that both interfaces are made from. */
export interface Column {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly type: string;
  readonly typeKind: number;
  readonly isReadOnly: boolean;
  readonly isBuiltin: boolean;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
  readonly isIndexed: boolean;
  readonly isHidden: boolean;
  readonly description: string;
  /** Graph's definition of it, with the facet that says the type. */
  readonly definition: Readonly<Record<string, unknown>>;
}

/** Graph's facets and SharePoint's types. */
export const columnTypes: Readonly<Record<string, readonly [string, number]>> = {
  text: ['Text', 2],
  number: ['Number', 9],
  boolean: ['Boolean', 8],
  dateTime: ['DateTime', 4],
  choice: ['Choice', 6],
  currency: ['Currency', 10],
  hyperlinkOrPicture: ['URL', 11],
  personOrGroup: ['User', 20],
  lookup: ['Lookup', 7],
  calculated: ['Calculated', 17],
  geolocation: ['Geolocation', 31],
  thumbnail: ['Thumbnail', 34],
  term: ['TaxonomyFieldType', 0],
};

export function columnsOf(list: ListRecord): Column[] {
  const library = isLibrary(list);
  const builtinColumns = builtins
    .filter(({ where }) => where === undefined || (where === 'libraries') === library)
    .map(builtinColumn);
  return [...builtinColumns, ...list.columns.map(ownColumn)];
}

function builtinColumn({ id, name, displayName, facet, type, typeKind, isReadOnly }: Builtin): Column {
  const flags = { isRequired: name === 'FileLeafRef', isUnique: false, isIndexed: false, isHidden: false };
  return {
    ...{ id, name, displayName, type, typeKind, isReadOnly, isBuiltin: true, ...flags, description: '' },
    definition: facet,
  };
}

function ownColumn({ id, definition }: ColumnRecord): Column {
  const facet = facetOf(definition) ?? 'text';
  const [type, typeKind] = columnTypes[facet] ?? ['Text', 2];
  const { text: textFacet } = definition as { text?: { allowMultipleLines?: boolean } };
  const isNote = facet === 'text' && textFacet?.allowMultipleLines === true;
  const name = String(definition['name'] ?? '');
  return {
    id,
    name,
    displayName: String(definition['displayName'] ?? name),
    type: isNote ? 'Note' : type,
    typeKind: isNote ? 3 : typeKind,
    isReadOnly: definition['readOnly'] === true || facet === 'calculated',
    isBuiltin: false,
    isRequired: definition['required'] === true,
    isUnique: definition['enforceUniqueValues'] === true,
    isIndexed: definition['indexed'] === true || definition['enforceUniqueValues'] === true,
    isHidden: definition['hidden'] === true,
    description: String(definition['description'] ?? ''),
    definition: { [facet]: definition[facet] ?? {} },
  };
}

/** The property of a definition that says the column's type. */
export function facetOf(definition: Readonly<Record<string, unknown>>): string | undefined {
  return Object.keys(columnTypes).find((facet) => definition[facet] !== undefined && definition[facet] !== null);
}
