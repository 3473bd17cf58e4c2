import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import type { ItemRecord } from '../../store/filesRecords.ts';
import type { World } from '../../store/World.ts';
import type { GraphCall } from '../GraphCall.ts';

export const DOWNLOAD_PATH = '/_layouts/15/download.aspx';

const ticketSchema = z.object({ tenant: z.string(), item: z.string(), content: z.string(), until: z.number() });
type Ticket = z.infer<typeof ticketSchema>;

/** What has to be known of a call to show files to whoever makes it. */
export type Asking = Pick<GraphCall, 'tenant' | 'world' | 'settings' | 'root'>;

/** An address from which whoever has it can load a file's present content for a while. */
export function downloadUrl(call: Asking, item: ItemRecord): string {
  const until = call.tenant.now().getTime() + call.settings.downloadUrlSeconds * 1000;
  const ticket = { tenant: call.tenant.id, item: item.id, content: item.file?.content ?? '', until };
  const origin = call.root.replace(/\/v1\.0$/, '');
  const query = `UniqueId=${item.id}&Translate=false&tempauth=${sealTicket(call.world, ticket)}&ApiVersion=2.0`;
  return `${origin}${DOWNLOAD_PATH}?${query}`;
}

function sealTicket(world: World, ticket: Ticket): string {
  const content = Buffer.from(JSON.stringify(ticket)).toString('base64url');
  return `v1.${content}.${signature(world, content)}`;
}

/** What a ticket allows, or undefined when it is not one of ours or too old. */
export function openTicket(world: World, text: string): Ticket | undefined {
  const [, content = '', seal = ''] = text.split('.');
  const wanted = Buffer.from(signature(world, content));
  const given = Buffer.from(seal);
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined;
  const ticket = ticketSchema.parse(JSON.parse(Buffer.from(content, 'base64url').toString('utf8')));
  return ticket.until > world.clock.milliseconds() ? ticket : undefined;
}

/** The key that signs tokens is secret and outlives the process, so tickets are sealed with what is made from it. */
function signature(world: World, content: string): string {
  const key = JSON.stringify(world.signingKeys.values()[0]?.privateJwk ?? {});
  return createHmac('sha256', `download ${key}`).update(content).digest('base64url');
}
