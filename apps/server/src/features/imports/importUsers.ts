import type { CommandResult, importUsersSchema, UserFileRow, UserTemplateSettings } from '@isthmus/contracts';
import type { z } from 'zod';
import type { Platform } from '../../composition/Platform.ts';
import { type CommandCall, runCommand } from '../commands/index.ts';
import { planNamesOf, readTenantFacts } from '../online-accounts/index.ts';
import type { Person, PersonStore } from '../people/index.ts';
import { fillRow, findUserTemplate } from '../user-templates/index.ts';
import { newPasswordRefs } from './firstPasswords.ts';
import type { ImportUsersFacts } from './onlinePartOfRow.ts';
import { planImportUsers } from './planImportUsers.ts';
import { readDirectoryFacts, readPlacement } from './readImportFacts.ts';

type Request = z.output<typeof importUsersSchema>;

async function readTenant(
  platform: Platform,
  request: Request,
  template: UserTemplateSettings | undefined,
): Promise<ImportUsersFacts['tenant']> {
  const wantsOnline = template?.online != null || request.rows.some(({ values }) => values.onlineAddress !== undefined);
  if (!wantsOnline || platform.connections.findMicrosoft365() === undefined) return undefined;
  const [facts, rows] = await Promise.all([
    readTenantFacts(platform),
    platform.database.selectFrom('license').select(['sku_id', 'name', 'sku_part_number']).execute(),
  ]);
  const licenseIds = new Map(
    rows.flatMap((row) =>
      [row.sku_id, row.name, row.sku_part_number].map((name) => [name.toLowerCase(), row.sku_id] as const),
    ),
  );
  return { ...facts, licenseIds };
}

async function findExisting(
  people: PersonStore,
  request: Request,
  { names }: ImportUsersFacts['directory'],
): Promise<ReadonlyMap<string, Person>> {
  const ids = request.rows.flatMap(({ values }) => names.findByUserName(values.userName?.trim() ?? '')?.userId ?? []);
  const found = await people.findMany(ids);
  return new Map(found.map((person) => [person.user.userName.toLowerCase(), person]));
}

/** Only new people are filled in: whoever is there already is changed by nothing but the file. */
function withTemplate(
  request: Request,
  template: UserTemplateSettings | undefined,
  { names }: ImportUsersFacts['directory'],
): Request {
  if (template === undefined) return request;
  const isNew = ({ values }: UserFileRow): boolean => names.findByUserName(values.userName?.trim() ?? '') === undefined;
  return {
    ...request,
    rows: request.rows.map((row) => (isNew(row) ? fillRow(row, template) : row)),
    groupDns: [...request.groupDns, ...template.groupDns],
  };
}

/** Adds the people of a file, and online accounts for those who are to have one. */
export async function importUsers(
  platform: Platform,
  people: PersonStore,
  call: CommandCall,
  request: Request,
): Promise<CommandResult> {
  const { templateId } = request;
  const template = templateId === undefined ? undefined : await findUserTemplate(platform, templateId);
  const tenant = await readTenant(platform, request, template);
  const count = request.rows.length;
  return runCommand(platform, call, {
    kind: 'import-users',
    title: count === 1 ? 'Import 1 user from a file' : `Import ${count} users from a file`,
    auditAction: 'user.import',
    auditVerb: 'Imported from a file',
    names: planNamesOf(tenant?.licenses ?? []),
    plan: async () => {
      const [directory, placement] = await Promise.all([
        readDirectoryFacts(platform),
        readPlacement(platform, { ...request, containerDn: request.containerDn ?? template?.containerDn }),
      ]);
      const existing = await findExisting(people, request, directory);
      return planImportUsers(
        { ...withTemplate(request, template, directory), containerDn: placement.containerDn },
        { directory, existing, tenant, passwordRef: newPasswordRefs() },
      );
    },
  });
}
