import { type UserTemplate, type UserTemplateSettings, userTemplateSettingsSchema } from '@isthmus/contracts';
import { DomainError } from '@isthmus/kernel';
import type { Selectable } from 'kysely';
import type { Platform } from '../../composition/Platform.ts';
import type { Actor } from '../../http/Actor.ts';
import type { UserTemplateTable } from '../../storage/schema.ts';

interface Call {
  readonly actor: Actor;
  readonly requestId: string;
}

function templateOf(row: Selectable<UserTemplateTable>): UserTemplate {
  return {
    ...userTemplateSettingsSchema.parse(row.settings),
    id: row.id,
    changedAt: row.changed_at.toISOString(),
    changedBy: row.changed_by,
  };
}

export async function listUserTemplates({ database }: Platform): Promise<{ items: UserTemplate[] }> {
  const rows = await database.selectFrom('user_template').selectAll().orderBy('name').execute();
  return { items: rows.map(templateOf) };
}

function notFound(): DomainError {
  return new DomainError({
    code: 'user-templates.not-found',
    message: 'There is no such template.',
    remedy: 'Refresh the list; it may have been removed meanwhile.',
    field: 'templateId',
  });
}

/** @throws DomainError `user-templates.not-found` */
export async function findUserTemplate({ database }: Platform, id: string): Promise<UserTemplate> {
  const row = await database.selectFrom('user_template').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw notFound();
  return templateOf(row);
}

/** @throws DomainError when unit, groups, domain or products of the template do not exist */
async function demandKnown(platform: Platform, settings: UserTemplateSettings): Promise<void> {
  const { containerDn, groupDns, online } = settings;
  const directory = platform.connections.getDirectory();
  const [units, groups, domains, licenses] = await Promise.all([
    directory.listOrganizationalUnits(),
    directory.listGroups(),
    platform.database.selectFrom('tenant_domain').select('name').where('is_verified', '=', true).execute(),
    platform.database.selectFrom('license').select('sku_id').execute(),
  ]);
  const unknown = (field: string, what: string): DomainError =>
    new DomainError({
      code: 'user-templates.unknown-value',
      message: `There is no ${what}.`,
      remedy: 'Choose one that is there.',
      field,
    });
  const has = (known: readonly string[], wanted: string): boolean =>
    known.some((value) => value.toLowerCase() === wanted.toLowerCase());
  if (
    containerDn !== undefined &&
    !has(
      units.map(({ dn }) => dn),
      containerDn,
    )
  ) {
    throw unknown('containerDn', `unit ${containerDn} in the directory`);
  }
  const knownGroups = groups.map(({ dn }) => dn);
  const strangeGroup = groupDns.find((dn) => !has(knownGroups, dn));
  if (strangeGroup !== undefined) throw unknown('groupDns', `group ${strangeGroup} in the directory`);
  if (online === null) return;
  if (
    !has(
      domains.map(({ name }) => name),
      online.domain,
    )
  ) {
    throw unknown('online.domain', `verified domain ${online.domain} in the tenant`);
  }
  const products = licenses.map((license) => license.sku_id);
  const strangeProduct = online.skuIds.find((skuId) => !has(products, skuId));
  if (strangeProduct !== undefined) throw unknown('online.skuIds', `product ${strangeProduct} in the tenant`);
}

async function tell(platform: Platform, { actor, requestId }: Call, action: string, sentence: string): Promise<void> {
  const { userName, address } = actor;
  await platform.audit.record({ actor: userName, address, action, sentence, result: 'done', requestId });
}

/** @throws DomainError `user-templates.name-taken`, `user-templates.unknown-value` */
export async function saveUserTemplate(
  platform: Platform,
  call: Call,
  id: string,
  settings: UserTemplateSettings,
): Promise<UserTemplate> {
  await demandKnown(platform, settings);
  const row = {
    name: settings.name,
    settings: JSON.stringify(settings),
    changed_at: platform.clock.now(),
    changed_by: call.actor.userName,
  };
  const taken = await platform.database
    .selectFrom('user_template')
    .select('id')
    .where((eb) => eb(eb.fn('lower', ['name']), '=', settings.name.toLowerCase()))
    .where('id', '<>', id)
    .executeTakeFirst();
  if (taken !== undefined) {
    throw new DomainError({
      code: 'user-templates.name-taken',
      message: `Another template is called ${settings.name}.`,
      remedy: 'Choose another name.',
      field: 'name',
    });
  }
  await platform.database
    .insertInto('user_template')
    .values({ id, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
  await tell(platform, call, 'user-template.save', `Saved the template ${settings.name} for new users`);
  return findUserTemplate(platform, id);
}

export async function removeUserTemplate(platform: Platform, call: Call, id: string): Promise<Record<string, never>> {
  const { name } = await findUserTemplate(platform, id);
  await platform.database.deleteFrom('user_template').where('id', '=', id).execute();
  await tell(platform, call, 'user-template.remove', `Removed the template ${name} for new users`);
  return {};
}
