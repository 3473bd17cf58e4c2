import type { RecordPurpose } from '@isthmus/dns';

/** What each record is for, in the text for people who make it by hand. */
export const purposeTexts: Readonly<Record<RecordPurpose, string>> = {
  ownership: 'Proves to Microsoft 365 that the domain is yours; carries no mail',
  mail: 'Leads mail to Exchange Online',
  autodiscover: 'Lets mail programs find the mailbox by themselves',
  'sender-policy': 'Names who may send mail of the domain (one record alone: replace the one you have)',
  dkim: 'Lets receivers check the signature of mail',
  dmarc: 'Says what becomes of mail that proves nothing',
  webmail: 'A short address for the web mail',
  communication: 'Lets Teams and other messengers find each other',
  'device-management': 'Lets devices find their management',
  other: 'Asked for by Microsoft 365',
};
