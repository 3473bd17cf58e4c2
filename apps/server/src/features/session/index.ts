export { createSessions, type SessionFeature } from './createSessions.ts';
export { registerSession } from './routes.ts';
