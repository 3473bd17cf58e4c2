export { registerLicenses } from './routes.ts';
