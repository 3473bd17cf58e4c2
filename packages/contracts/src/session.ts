import { z } from 'zod';
import { idParamsSchema, idSchema, instantSchema } from './common.ts';
import { defineOperation } from './operation.ts';
import { permissionSchema, roleSchema } from './permissions.ts';

export const sessionSchema = z.object({
  id: idSchema,
  userId: idSchema,
  userName: z.string(),
  displayName: z.string(),
  role: roleSchema,
  permissions: z.array(permissionSchema),
  kind: z.enum(['browser', 'token']),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  lastUsedAt: instantSchema,
  address: z.string().describe('Network address it was opened from'),
  client: z.string().describe('Browser or program'),
  current: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;

export const signInSchema = z.object({
  userName: z.string().trim().min(1).max(256).describe('UPN, DOMAIN\\name or plain name'),
  password: z.string().min(1).max(512),
  /** `token`: answer a bearer token for scripts instead of setting a cookie. */
  kind: z.enum(['browser', 'token']).default('browser'),
});

const feature = 'session';

/**
 * Errors of `signIn`: `session.wrong-name-or-password`, `session.account-disabled`, `session.account-expired`,
 * `session.password-expired`, `session.must-change-password`, `session.account-locked`, `session.not-allowed`,
 * `session.too-many-attempts`, `session.directory-unreachable`, `session.not-set-up`.
 */
export const sessionOperations = {
  signIn: defineOperation({
    id: 'signIn',
    method: 'POST',
    path: '/session',
    feature,
    summary: 'Signs in with an account of the directory.',
    permission: 'anybody',
    body: signInSchema,
    response: z.object({ session: sessionSchema, token: z.string().optional() }),
    status: 201,
  }),
  getSession: defineOperation({
    id: 'getSession',
    method: 'GET',
    path: '/session',
    feature,
    summary: 'Who is signed in; `session` is null for nobody. Tells also whether the set-up page is open.',
    permission: 'anybody',
    response: z.object({
      session: sessionSchema.nullable(),
      organization: z.string(),
      directoryConnected: z.boolean().describe('False until the set-up page has connected a directory'),
      version: z.string(),
    }),
  }),
  signOut: defineOperation({
    id: 'signOut',
    method: 'DELETE',
    path: '/session',
    feature,
    summary: 'Ends the current session.',
    permission: 'signed-in',
  }),
  listSessions: defineOperation({
    id: 'listSessions',
    method: 'GET',
    path: '/sessions',
    feature,
    summary: 'Open sessions of the caller; administrators see all.',
    permission: 'signed-in',
    response: z.object({ items: z.array(sessionSchema), total: z.number().int() }),
  }),
  endSession: defineOperation({
    id: 'endSession',
    method: 'DELETE',
    path: '/sessions/:id',
    feature,
    summary: 'Ends one session.',
    permission: 'signed-in',
    params: idParamsSchema,
  }),
};
