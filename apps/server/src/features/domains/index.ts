export { registerDomains } from './routes.ts';
