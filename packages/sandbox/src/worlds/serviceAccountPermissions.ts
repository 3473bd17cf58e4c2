import type { WorldSeed } from './World.ts';

const USER_CLASS = 'bf967aba-0de6-11d0-a285-00aa003049e2';
const GROUP_CLASS = 'bf967a9c-0de6-11d0-a285-00aa003049e2';
const RESET_PASSWORD = '00299570-246d-11d0-a768-00aa006e0529';
/** Replicating Directory Changes; its neighbor 1131f6ad would hand out password hashes and is not given. */
const REPLICATING_DIRECTORY_CHANGES = '1131f6aa-9c07-11d1-f79f-00c04fc2dcd2';

/**
 * The rights of the account Isthmus works with, as SDDL with `SID` for the account: make, change and remove people and
 * groups below the managed unit, set their passwords, and see what changed in the domain and what was removed. Nothing else.
 */
export function serviceAccountPermissions(
  trustee: string,
  managedOu: string,
  baseDn: string,
): WorldSeed['permissions'] {
  const managed = [
    `(OA;CI;CCDC;${USER_CLASS};;SID)`,
    `(OA;CI;CCDC;${GROUP_CLASS};;SID)`,
    `(OA;CIIO;RPWP;;${USER_CLASS};SID)`,
    `(OA;CIIO;RPWP;;${GROUP_CLASS};SID)`,
    `(OA;CIIO;CR;${RESET_PASSWORD};${USER_CLASS};SID)`,
  ];
  return [
    { dn: managedOu, trustee, aces: managed },
    { dn: baseDn, trustee, aces: [`(OA;;CR;${REPLICATING_DIRECTORY_CHANGES};;SID)`] },
    { dn: `CN=Deleted Objects,${baseDn}`, trustee, aces: ['(A;;LCRP;;;SID)'] },
  ];
}
