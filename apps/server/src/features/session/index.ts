export { createSessions, type SessionFeature } from './createSessions.ts';
export { registerSession, type SessionRouteOptions } from './routes.ts';
