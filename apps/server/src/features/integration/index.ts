export { findDefaultUsageLocation, findIntegrationCredentials, type IntegrationRecord } from './integrationRecord.ts';
