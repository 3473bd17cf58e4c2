declare module 'virtual:endpoints' {
  export const endpoints: import('@isthmus/api-client').Endpoints;
}
