import type { Identified } from './Collection.ts';
import type { Properties } from './records.ts';

/** That an object is a member, or an owner, of a group. Its id is `groupId/objectId`. */
export interface GroupLinkRecord extends Identified {
  readonly groupId: string;
  readonly objectId: string;
  /** The group's change that made this link, or that ended it. */
  readonly changeNumber: number;
}

export interface ContactRecord extends Identified {
  readonly properties: Properties;
}

/** A device enrolled in Intune. */
export interface ManagedDeviceRecord extends Identified {
  readonly properties: Properties;
  /** What the device was told to do and has not reported back yet. */
  readonly pending: {
    readonly action: 'wipe' | 'retire';
    readonly keepsEnrollment: boolean;
    readonly dueAt: number;
  } | null;
}

/** A service in the list of service health; its id is the name that the portal shows. */
export interface ServiceHealthRecord extends Identified {
  readonly status: string;
}

/** An incident or advisory, or a message of the message center. */
export interface ServiceAnnouncementRecord extends Identified {
  readonly properties: Properties;
}

/** An entry of the directory's audit log or of the sign-in log. */
export interface LogEntryRecord extends Identified {
  readonly properties: Properties;
}

/** A role that was activated by hand, besides those that somebody holds; its id is the template's. */
export type ActivatedRoleRecord = Identified;

/** One object of settings that a tenant has exactly once, by its name. */
export interface SettingsObjectRecord extends Identified {
  readonly properties: Properties;
}

/** A usage report that can be fetched without signing in; its id is the secret in the URL. */
export interface ReportDownloadRecord extends Identified {
  readonly report: string;
  readonly days: number;
  readonly expiresAt: number;
}

/** What the usage reports tell about one user. */
export interface UsageRecord extends Identified {
  readonly itemCount: number;
  readonly storageUsedBytes: number;
  readonly lastActivityDate: string | null;
}

/** A question to DNS that was answered with "no such record", and until when that is believed. */
export interface NegativeAnswerRecord extends Identified {
  readonly until: number;
}
