export { NodemailerSender } from './NodemailerSender.ts';
export { registerNotifications } from './routes.ts';
