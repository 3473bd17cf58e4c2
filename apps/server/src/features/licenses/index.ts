export { registerLicenses } from './routes.ts';
export { WaitingSeats } from './WaitingSeats.ts';
