export { registerSubscription } from './routes.ts';
export { watchSubscriptions } from './watchSubscriptions.ts';
