import * as z from 'zod';
import { type Column, columnsOf, columnTypes } from '../../files/columns.ts';
import { newColumn, saveList } from '../../files/lists.ts';
import { levels } from '../../files/roleDefinitions.ts';
import type { ListRecord } from '../../store/filesRecords.ts';
import type { Properties } from '../../store/records.ts';
import { type Resource, textArgument } from '../Resource.ts';
import type { RestCall } from '../RestCall.ts';
import { restValue } from '../readRestBody.ts';
import { requireRestLevel } from '../requireRestLevel.ts';
import { SharePointError } from '../SharePointError.ts';

const newFieldSchema = z.object({
  Title: z.string().min(1),
  FieldTypeKind: z.number().int(),
  Required: z.boolean().default(false),
  Indexed: z.boolean().default(false),
  EnforceUniqueValues: z.boolean().default(false),
  Description: z.string().default(''),
  Choices: z.union([z.array(z.string()), z.object({ results: z.array(z.string()) })]).optional(),
});
const NOTE = 3;

/** The columns of a list. */
export function fieldsResource(call: RestCall, list: ListRecord, listPath: string): Resource {
  const path = `${listPath}/Fields`;
  const one = (column: Column | undefined, name: string): Resource => {
    if (column === undefined) throw new SharePointError('resourceMissing', { name });
    return fieldResource(path, column);
  };
  const columns = (): Column[] => columnsOf(list);
  const byName = (name: string): Resource =>
    one(
      columns().find((column) =>
        [column.name, column.displayName].some((own) => own.toLowerCase() === name.toLowerCase()),
      ),
      name,
    );
  const byId = (id: string): Resource =>
    one(
      columns().find((column) => column.id === id.toLowerCase()),
      id,
    );
  return {
    type: 'SP.Field',
    path,
    items: () => columns().map((column) => fieldResource(path, column)),
    byKey: (key) => byId(String(key)),
    functions: {
      getbyid: (args) => byId(textArgument(args, 'id')),
      getbytitle: (args) => byName(textArgument(args, 'title')),
      getbyinternalnameortitle: (args) => byName(textArgument(args, 'strname')),
    },
    create: (body) => {
      requireRestLevel(call, levels.manage, { siteId: call.site.id, list });
      const field = restValue(body, newFieldSchema);
      const added = newColumn(definitionOf(field));
      const changed = saveList(call.tenant, { ...list, columns: [...list.columns, added] });
      return one(
        columnsOf(changed).find(({ id }) => id === added.id),
        field.Title,
      );
    },
  };
}

function definitionOf(field: z.output<typeof newFieldSchema>): Properties {
  const facet = Object.entries(columnTypes).find(([, [, kind]]) => kind === field.FieldTypeKind)?.[0];
  const name = field.Title.replaceAll(' ', '_x0020_');
  if (facet === undefined && field.FieldTypeKind !== NOTE) throw new SharePointError('badArgument');
  const choices = Array.isArray(field.Choices) ? field.Choices : (field.Choices?.results ?? []);
  const type: Properties =
    facet === undefined ? { text: { allowMultipleLines: true } } : { [facet]: facet === 'choice' ? { choices } : {} };
  return {
    name,
    displayName: field.Title,
    description: field.Description,
    required: field.Required,
    indexed: field.Indexed,
    enforceUniqueValues: field.EnforceUniqueValues,
    ...type,
  };
}

function fieldResource(path: string, column: Column): Resource {
  return {
    type: 'SP.Field',
    path: `${path}(guid'${column.id}')`,
    object: () => ({
      CanBeDeleted: !column.isBuiltin,
      DefaultValue: null,
      Description: column.description,
      EnforceUniqueValues: column.isUnique,
      EntityPropertyName: column.name,
      FieldTypeKind: column.typeKind,
      Filterable: true,
      FromBaseType: column.isBuiltin,
      Group: column.isBuiltin ? '_Hidden' : 'Custom Columns',
      Hidden: column.isHidden,
      Id: column.id,
      Indexed: column.isIndexed,
      InternalName: column.name,
      ReadOnlyField: column.isReadOnly,
      Required: column.isRequired,
      Sealed: false,
      Sortable: true,
      StaticName: column.name,
      Title: column.displayName,
      TypeAsString: column.type,
      TypeDisplayName: column.type,
    }),
  };
}
