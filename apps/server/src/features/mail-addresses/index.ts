export { registerMailAddresses } from './routes.ts';
