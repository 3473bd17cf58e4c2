export type { IntegrationParts, ServerCertificateFacts } from './IntegrationParts.ts';
export {
  findDefaultUsageLocation,
  findIntegrationCredentials,
  findIntegrationRecord,
} from './integrationRecord.ts';
export { checkRequirements } from './requirements/checkRequirements.ts';
export { findPasswordCapture, NOT_ON_WINDOWS } from './requirements/passwordCapture.ts';
export { registerIntegration } from './routes.ts';
export { watchConnection } from './watchConnection.ts';
export { watchEmergencyAccess } from './watchEmergencyAccess.ts';
