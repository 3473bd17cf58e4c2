export { type Clock, ManualClock, systemClock } from './Clock.ts';
export { canonicalName, type DnsRecord, type DnsRecordType, recordTypes } from './DnsRecord.ts';
export { DomainError, type DomainErrorDetails, isDomainError } from './DomainError.ts';
export {
  type Branded,
  bytesFromGuid,
  guidFromBytes,
  type OnlineAccountId,
  parseOnlineAccountId,
  parseUserId,
  type UserId,
} from './ids.ts';
export { type Logger, silentLogger } from './Logger.ts';
export { Secret } from './Secret.ts';
