import { timingSafeEqual } from 'node:crypto';
import { isDomainError } from '@isthmus/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { faultSchema } from '../FaultPlan.ts';
import type { HttpAnswer } from '../http/HttpAnswer.ts';
import { seedApplicationSchema } from '../seed/seedSchema.ts';
import { settingsChangeSchema } from '../settings.ts';
import type { ControlOrder, Order, OrderHandler } from './ControlOrder.ts';
import type { EmulatorControl } from './EmulatorControl.ts';
import { phoneOrders } from './phoneOrders.ts';

const count = z.number().int().min(0);
const seatsSchema = z.strictObject({
  seats: count,
  warning: count.exactOptional(),
  suspended: count.exactOptional(),
  lockedOut: count.exactOptional(),
  nextLifecycleDateTime: z.iso.datetime().nullable().exactOptional(),
  tenantId: z.string().optional(),
});
const clockSchema = z.strictObject({ advanceMs: z.number().int() });
const filterSchema = z.object({
  clientRequestId: z.string().optional(),
  method: z.string().optional(),
  url: z.string().optional(),
  status: z.coerce.number().optional(),
});

const orders: readonly ControlOrder[] = [
  ...phoneOrders,
  ['GET', '/tenants', (control) => control.tenants],
  ['GET', '/settings', (control) => control.settings],
  ['PATCH', '/settings', (control, { body }) => control.change(settingsChangeSchema.parse(body))],
  ['POST', '/clock', (control, { body }) => control.advanceClock(clockSchema.parse(body).advanceMs)],
  ['GET', '/faults', (control) => control.faults],
  ['POST', '/faults', (control, { body }) => ({ id: control.addFault(faultSchema.parse(body)) })],
  ['DELETE', '/faults', (control) => control.removeFaults()],
  ['DELETE', '/faults/:id', (control, { params }) => control.removeFaults(params['id'])],
  ['GET', '/requests', listRequests],
  ['DELETE', '/requests', (control) => control.clearRequests()],
  ['PUT', '/licenses/:sku', setSeats],
  ['POST', '/applications', (control, { body }) => control.addApplication(seedApplicationSchema.parse(body))],
  ['POST', '/reset', (control) => control.reset()],
];

/** The control API under `/_emulator`, for whoever has the control key. */
export function registerControl(app: FastifyInstance, control: EmulatorControl, key: string): void {
  for (const [method, path, handler] of orders) {
    app.route({
      method,
      url: `/_emulator${path}`,
      handler: (request, reply) => {
        const answer = isAllowed(request, key)
          ? carryOut(control, handler, request)
          : refusal(403, 'The control key is wrong.');
        return reply.code(answer.status).headers(answer.headers).send(answer.body);
      },
    });
  }
}

function listRequests(control: EmulatorControl, { query }: Order): unknown {
  return { total: control.requestCount, requests: control.requests(filterSchema.parse(query)) };
}

function setSeats(control: EmulatorControl, { params, body }: Order): void {
  const { seats, tenantId, ...state } = seatsSchema.parse(body);
  control.setSeats(params['sku'] ?? '', seats, tenantId, state);
}

function isAllowed(request: FastifyRequest, key: string): boolean {
  const given = Buffer.from(String(request.headers['x-emulator-key'] ?? ''));
  const wanted = Buffer.from(key);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function carryOut(control: EmulatorControl, handler: OrderHandler, request: FastifyRequest): HttpAnswer {
  const { params, query } = request as { params: Record<string, string>; query: Record<string, string> };
  try {
    const text = Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '';
    const result = handler(control, { params, query, body: text === '' ? {} : JSON.parse(text) });
    if (result === undefined) return { status: 204, headers: {} };
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(result) };
  } catch (error) {
    if (error instanceof z.ZodError) return refusal(400, z.prettifyError(error));
    if (error instanceof SyntaxError || error instanceof TypeError || isDomainError(error))
      return refusal(400, error.message);
    throw error;
  }
}

function refusal(status: number, message: string): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}
