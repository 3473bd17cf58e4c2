import { enumerated, numberOf, octets, readAll, sequence, type Tlv, textOf } from './ldapMessage.ts';

export const WILL_NOT_PERFORM = 53;
const CONSTRAINT_VIOLATION = 19;
const REFERRAL = 10;
const REFERRAL_TAG = 0xa3;
/** All that Windows says of a refused password, for whatever reason; the text ends with a NUL. */
export const PASSWORD_RESTRICTION = '0000052D: SvcErr: DSID-031A12D2, problem 5003 (WILL_NOT_PERFORM), data 0\n\0';

export function result(tag: number, code: number, text: string): Tlv {
  return sequence([enumerated(code), octets(''), octets(text)], tag);
}

/** "Ask somebody else": what a name outside of the domain is answered with. */
export function referral(tag: number): Tlv {
  const text = "0000202B: RefErr: DSID-0310084A, data 0, 1 access points\n\tref 1: 'elsewhere.test'\n\0";
  const uris = sequence([octets('ldap://elsewhere.test')], REFERRAL_TAG);
  return sequence([enumerated(REFERRAL), octets(''), octets(text), uris], tag);
}

export function isPasswordRefusal(operation: Tlv): boolean {
  const [code, , text] = readAll(operation.value);
  return numberOf(code) === CONSTRAINT_VIOLATION && textOf(text).startsWith('0000052D');
}
