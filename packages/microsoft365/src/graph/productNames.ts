/** Names that people know products by, after Microsoft's "Product names and service plan identifiers". */
const NAMES: Readonly<Record<string, string>> = {
  AAD_PREMIUM: 'Microsoft Entra ID P1',
  AAD_PREMIUM_P2: 'Microsoft Entra ID P2',
  DESKLESSPACK: 'Office 365 F3',
  EMS: 'Enterprise Mobility + Security E3',
  EMSPREMIUM: 'Enterprise Mobility + Security E5',
  ENTERPRISEPACK: 'Office 365 E3',
  ENTERPRISEPREMIUM: 'Office 365 E5',
  EXCHANGEDESKLESS: 'Exchange Online Kiosk',
  EXCHANGEENTERPRISE: 'Exchange Online (Plan 2)',
  EXCHANGESTANDARD: 'Exchange Online (Plan 1)',
  FLOW_FREE: 'Microsoft Power Automate Free',
  INTUNE_A: 'Microsoft Intune',
  MCOSTANDARD: 'Skype for Business Online (Plan 2)',
  M365_F1: 'Microsoft 365 F1',
  O365_BUSINESS: 'Microsoft 365 Apps for business',
  O365_BUSINESS_ESSENTIALS: 'Microsoft 365 Business Basic',
  O365_BUSINESS_PREMIUM: 'Microsoft 365 Business Standard',
  OFFICESUBSCRIPTION: 'Microsoft 365 Apps for enterprise',
  POWER_BI_PRO: 'Power BI Pro',
  POWER_BI_STANDARD: 'Microsoft Fabric (Free)',
  PROJECTPROFESSIONAL: 'Project Plan 3',
  SPB: 'Microsoft 365 Business Premium',
  SPE_E3: 'Microsoft 365 E3',
  SPE_E5: 'Microsoft 365 E5',
  SPE_F1: 'Microsoft 365 F3',
  STANDARDPACK: 'Office 365 E1',
  TEAMS_EXPLORATORY: 'Microsoft Teams Exploratory',
  VISIOCLIENT: 'Visio Plan 2',
};

/** The part number itself where we know no name. */
export function productName(skuPartNumber: string): string {
  return NAMES[skuPartNumber.toUpperCase()] ?? skuPartNumber;
}

/** Names of the services within products, after the same list. */
const SERVICES: Readonly<Record<string, string>> = {
  AAD_PREMIUM: 'Microsoft Entra ID P1',
  AAD_PREMIUM_P2: 'Microsoft Entra ID P2',
  ATP_ENTERPRISE: 'Defender for Office 365 (Plan 1)',
  EXCHANGE_S_ARCHIVE_ADDON: 'Exchange Online Archiving',
  EXCHANGE_S_DESKLESS: 'Exchange Online Kiosk',
  EXCHANGE_S_ENTERPRISE: 'Exchange Online (Plan 2)',
  EXCHANGE_S_FOUNDATION: 'Exchange Foundation',
  EXCHANGE_S_STANDARD: 'Exchange Online (Plan 1)',
  FLOW_O365_P1: 'Power Automate',
  FORMS_PLAN_E1: 'Microsoft Forms',
  INTUNE_A: 'Microsoft Intune',
  INTUNE_SMBIZ: 'Microsoft Intune for small business',
  KAIZALA_O365_P2: 'Microsoft Kaizala',
  MCOSTANDARD: 'Skype for Business Online (Plan 2)',
  MFA_PREMIUM: 'Microsoft Entra multifactor authentication',
  MICROSOFTBOOKINGS: 'Microsoft Bookings',
  OFFICE_BUSINESS: 'Microsoft 365 Apps for business',
  OFFICESUBSCRIPTION: 'Microsoft 365 Apps for enterprise',
  POWERAPPS_O365_P1: 'Power Apps',
  PROJECTWORKMANAGEMENT: 'Microsoft Planner',
  RMS_S_ENTERPRISE: 'Azure Rights Management',
  RMS_S_PREMIUM: 'Azure Information Protection P1',
  SHAREPOINTENTERPRISE: 'SharePoint (Plan 2)',
  SHAREPOINTSTANDARD: 'SharePoint (Plan 1)',
  SHAREPOINTWAC: 'Office for the web',
  STREAM_O365_E1: 'Microsoft Stream',
  STREAM_O365_SMB: 'Microsoft Stream',
  SWAY: 'Sway',
  TEAMS1: 'Microsoft Teams',
  WINBIZ: 'Windows for Business',
  YAMMER_ENTERPRISE: 'Viva Engage',
};

/** The service's code itself where we know no name. */
export function servicePlanName(code: string): string {
  return SERVICES[code.toUpperCase()] ?? code;
}
