import { randomBytes, randomUUID } from 'node:crypto';
import { DomainError } from '@isthmus/kernel';
import type { PhoneRecord } from '../../store/exchangeRecords.ts';
import type { Tenant } from '../../store/Tenant.ts';
import type { ParsedPhone } from './phoneSchema.ts';

/** A phone's record. The user may be named by id or user principal name. */
export function newPhone(tenant: Tenant, phone: ParsedPhone): PhoneRecord {
  const wanted =
    phone.user.includes('@') || tenant.users.get(phone.user) ? phone.user : `${phone.user}@${tenant.defaultDomain}`;
  const user = tenant.users.get(wanted) ?? tenant.users.find('userPrincipalName', wanted.toLowerCase());
  if (user === undefined) throw unknownUser(phone.user);
  const isOutlook = phone.client !== 'EAS';
  const userAgent = isOutlook ? 'Outlook-iOS-Android/1.0' : `Apple-${phone.model}/2301.82`;
  return {
    id: randomUUID(),
    userId: user.id,
    clientType: phone.client,
    clientVersion: isOutlook ? '1.0' : phone.clientVersion,
    deviceId: phone.deviceId ?? randomBytes(13).toString('hex').toUpperCase(),
    deviceType: isOutlook ? 'Outlook' : (phone.type ?? 'iPhone'),
    deviceModel: isOutlook ? 'Outlook for iOS and Android' : phone.model,
    deviceOs: phone.os,
    userAgent: phone.userAgent ?? userAgent,
    friendlyName: phone.friendlyName,
    imei: phone.imei,
    phoneNumber: phone.phoneNumber,
    mobileOperator: phone.mobileOperator,
    osLanguage: phone.osLanguage,
    supportsWipe: phone.supportsWipe,
    meetsPolicy: phone.meetsPolicy,
    state: 'ready',
  };
}

function unknownUser(user: string): DomainError {
  const message = `There is no user ${user}.`;
  return new DomainError({ code: 'emulator.user-unknown', message, remedy: 'Use one that the tenant has.' });
}
