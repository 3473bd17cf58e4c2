export type { IntegrationParts, ServerCertificateFacts } from './IntegrationParts.ts';
export {
  findDefaultUsageLocation,
  findIntegrationCredentials,
  findIntegrationRecord,
  type IntegrationRecord,
} from './integrationRecord.ts';
export { checkRequirements } from './requirements/checkRequirements.ts';
export { findPasswordCapture, type PasswordCapture } from './requirements/passwordCapture.ts';
export type { RequirementParts } from './requirements/RequirementParts.ts';
export { registerIntegration } from './routes.ts';
