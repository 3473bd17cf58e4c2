export { codeOf, describeDnsProvider, type ProviderUnderTest, ZONE } from './describeDnsProvider.ts';
