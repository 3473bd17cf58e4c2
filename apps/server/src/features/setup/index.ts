export { registerSetup } from './routes.ts';
export { SetUpCode } from './SetUpCode.ts';
