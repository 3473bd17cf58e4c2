export { GroupSync } from './GroupSync.ts';
export { registerGroups } from './routes.ts';
