export { registerSetup, type SetUpRouteOptions } from './routes.ts';
export { SetUpCode } from './SetUpCode.ts';
