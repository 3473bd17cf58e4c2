import { readFile } from 'node:fs/promises';

/** What the agent tells the server about itself. */
export interface CaptureState {
  readonly capture: 'ready' | 'not-configured' | 'broken';
  readonly detail: string;
}

/** What was seen so far; times are FILETIMEs of password changes. */
export interface Observations {
  /** A fault that stops the capture, in words for the administrator. */
  readonly fault: string | undefined;
  readonly newestCaptured: bigint;
  readonly newestNotCaptured: bigint;
  /** Whether smb.conf names a key; undefined when it cannot be read. */
  readonly configured: boolean | undefined;
}

const HOW_TO =
  "Set 'password hash gpg key ids' in smb.conf on every domain controller and restart samba with GNUPGHOME set to a key ring that holds the public key. " +
  'Take care: when samba cannot find that key, it refuses every new password and every new account.';

/** A password that was set and not captured says more than the configuration file, and so does one that was. */
export function captureStateOf(seen: Observations): CaptureState {
  if (seen.fault !== undefined) return { capture: 'broken', detail: seen.fault };
  if (seen.newestNotCaptured > seen.newestCaptured) {
    return {
      capture: 'not-configured',
      detail: `A password was set that the domain controller did not capture. ${HOW_TO}`,
    };
  }
  if (seen.newestCaptured === 0n && seen.configured === false) {
    return { capture: 'not-configured', detail: `The domain controller does not capture passwords. ${HOW_TO}` };
  }
  return { capture: 'ready', detail: '' };
}

/**
 * Key ids in Samba's configuration; empty when the option is missing, undefined when the file cannot be read. Samba
 * ignores case and spaces in the names of options.
 */
export function parseKeyIds(smbConf: string): readonly string[] {
  for (const line of smbConf.split('\n')) {
    const match = /^\s*([^#;=[]+)=(.*)$/.exec(line);
    if (match?.[1]?.replace(/\s/g, '').toLowerCase() === 'passwordhashgpgkeyids') {
      return (match[2] ?? '').split(/[\s,]+/).filter((id) => id !== '');
    }
  }
  return [];
}

export async function readKeyIds(smbConfFile: string): Promise<readonly string[] | undefined> {
  const text = await readFile(smbConfFile, 'utf8').catch(() => undefined);
  // What an included file says is not known here, so its absence in this one proves nothing.
  if (text === undefined || (parseKeyIds(text).length === 0 && /^\s*include\s*=/im.test(text))) return undefined;
  return parseKeyIds(text);
}
