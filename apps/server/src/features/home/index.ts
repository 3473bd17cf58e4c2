export type { HomeParts } from './getHome.ts';
export { registerHome } from './routes.ts';
