import type { Operation, OperationId, operations } from '@isthmus/contracts';
import type { z } from 'zod';

type PartsOf<Op> =
  Op extends Operation<infer Params, infer Query, infer Body, infer Response>
    ? { params: z.output<Params>; query: z.output<Query>; body: z.output<Body>; response: z.input<Response> }
    : never;

type Parts<Id extends OperationId> = PartsOf<(typeof operations)[Id]>;

/** What the fake API answers, by operation; requests arrive validated, answers are validated before they leave. */
export type Handlers = {
  readonly [Id in OperationId]: (
    request: Omit<Parts<Id>, 'response'>,
  ) => Parts<Id>['response'] | Promise<Parts<Id>['response']>;
};
