import * as z from 'zod';
import { phoneSchema } from '../exchange/phones/phoneSchema.ts';
import type { ControlOrder } from './ControlOrder.ts';

const syncSchema = z.strictObject({ confirmsWipe: z.boolean().optional() });

/** Calls that drive simulated phones. */
export const phoneOrders: readonly ControlOrder[] = [
  ['GET', '/phones', ({ phones }) => phones.list()],
  ['POST', '/phones', ({ phones }, { body }) => phones.add(phoneSchema.parse(body))],
  ['GET', '/phones/:id', ({ phones }, { params }) => phones.get(params['id'] ?? '')],
  ['DELETE', '/phones/:id', ({ phones }, { params }) => phones.remove(params['id'] ?? '')],
  [
    'POST',
    '/phones/:id/sync',
    ({ phones }, { params, body }) => phones.sync(params['id'] ?? '', syncSchema.parse(body)),
  ],
  ['POST', '/phones/:id/confirm', ({ phones }, { params }) => phones.confirmWipe(params['id'] ?? '')],
  ['POST', '/phones/:id/setup', ({ phones }, { params }) => phones.setUpAgain(params['id'] ?? '')],
];
