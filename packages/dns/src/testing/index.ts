export { makeTestKey } from './makeTestKey.ts';
export { type RunningNameServer, startBind } from './startBind.ts';
