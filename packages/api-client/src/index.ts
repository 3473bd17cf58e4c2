export {
  type ApiClient,
  type ApiClientOptions,
  type CallSettings,
  createApiClient,
  type Endpoints,
  type RequestOf,
  type ResponseOf,
} from './ApiClient.ts';
export { ApiError } from './ApiError.ts';
export { type FollowEventsOptions, followEvents } from './followEvents.ts';
