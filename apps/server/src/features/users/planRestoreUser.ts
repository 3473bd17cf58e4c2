import type { Notice } from '@isthmus/contracts';
import { parentDn } from '@isthmus/directory';
import { z } from 'zod';
import { asked, type PlannedAction, type PlannedCommand, subjectOf } from '../commands/index.ts';
import { nameOf, type Person } from '../people/index.ts';

/** What a snapshot must still tell of a removed user account; the rest of it is for the record. */
export const userSnapshotSchema = z.object({
  userName: z.string().min(1),
  upn: z.string().optional(),
  dn: z.string(),
  displayName: z.string(),
  givenName: z.string(),
  surname: z.string(),
  mail: z.string().optional(),
  department: z.string(),
  title: z.string(),
  office: z.string(),
  phone: z.string(),
  mobile: z.string(),
  company: z.string(),
  description: z.string(),
  groupDns: z.array(z.string()),
  enabled: z.boolean(),
});
export type UserSnapshot = z.output<typeof userSnapshotSchema>;

export interface RestoreFacts {
  readonly snapshot: UserSnapshot | undefined;
  /** The user account that has the user name now, when somebody made it again. */
  readonly sameUserName: Person | undefined;
  readonly domainName: string;
  readonly managedOu: string;
  /** Units that still exist, lower case. */
  readonly containers: ReadonlySet<string>;
  readonly passwordRef: string;
}

function containerFor(snapshot: UserSnapshot, facts: RestoreFacts): string {
  const parent = parentDn(snapshot.dn);
  return facts.containers.has(parent.toLowerCase()) ? parent : facts.managedOu;
}

function addAction(snapshot: UserSnapshot, facts: RestoreFacts): PlannedAction {
  const { mail, department, title, office, phone, mobile, company, description } = snapshot;
  const given = Object.entries({ mail, department, title, office, phone, mobile, company, description }).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  return asked({
    type: 'directory.add-user',
    user: {
      userName: snapshot.userName,
      upn: snapshot.upn ?? `${snapshot.userName}@${facts.domainName}`,
      displayName: snapshot.displayName || snapshot.userName,
      givenName: snapshot.givenName,
      surname: snapshot.surname,
      mustChangePassword: true,
      containerDn: containerFor(snapshot, facts),
      ...Object.fromEntries(given),
    },
    passwordRef: facts.passwordRef,
  });
}

function onlineActions(person: Person): PlannedAction[] {
  const { online } = person;
  if (online === undefined) return [];
  return [
    { ...asked({ type: 'online.restore' }), on: 'former' },
    asked({ type: 'link.create', onlineAccountId: online.id }),
    asked({ type: 'online.allow-sign-in' }),
  ];
}

const newAccount: Notice = {
  code: 'users.restore-new-account',
  message:
    'The user account is made again from what was kept: name, properties, groups. It is a new account to Windows: profiles and file permissions of the old one do not come back.',
  remedy: 'Set a password afterwards; nobody knows the one it gets.',
};

function notRestorable(person: Person): Notice {
  return {
    code: 'users.not-restorable',
    message:
      person.removedAt === undefined
        ? `${nameOf(person)} was not removed.`
        : `Nothing was kept of ${nameOf(person)}, or the 30 days are over.`,
    remedy: person.removedAt === undefined ? 'There is nothing to restore.' : 'Add the person again.',
  };
}

/** The user account is still there, only the online account was removed. */
function planOnlineOnly(person: Person): PlannedCommand {
  const restore = asked({ type: 'online.restore' });
  const release = person.link?.hold === undefined ? [] : [asked({ type: 'link.release' })];
  const allow = person.user.enabled ? [asked({ type: 'online.allow-sign-in' })] : [];
  return {
    people: [{ subject: subjectOf(person), person, actions: [restore, ...release, ...allow], warnings: [] }],
    warnings: [],
  };
}

/** Pure: both accounts from the snapshot, or whichever of them is missing. */
export function planRestoreUser(person: Person, facts: RestoreFacts): PlannedCommand {
  if (person.removedAt === undefined && person.online?.deletedAt !== undefined) return planOnlineOnly(person);
  const { snapshot, sameUserName } = facts;
  const subject = subjectOf(person);
  if (person.removedAt === undefined || snapshot === undefined) {
    const blocked = notRestorable(person);
    return { people: [{ subject, person, actions: [], warnings: [], blocked }], warnings: [] };
  }
  const formerUserId = person.user.id;
  if (sameUserName !== undefined) {
    return {
      people: [
        {
          subject: { ...subject, userId: sameUserName.user.id },
          person,
          formerUserId,
          actions: onlineActions(person),
          warnings: [
            {
              code: 'users.restore-onto-existing',
              message: `There is a user account ${snapshot.userName} again; the online account will be linked to it.`,
            },
          ],
        },
      ],
      warnings: [],
    };
  }
  const groups = snapshot.groupDns.map((groupDn) => asked({ type: 'directory.add-to-group', groupDn }));
  const actions = [addAction(snapshot, facts), ...onlineActions(person), ...groups];
  return {
    people: [{ subject: { ...subject, userId: null }, person, formerUserId, actions, warnings: [newAccount] }],
    warnings: [],
  };
}
